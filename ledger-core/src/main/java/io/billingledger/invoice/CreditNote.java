package io.billingledger.invoice;

import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.LineId;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxLine;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * A document that takes a part of an issued invoice back (B41, B42): the invoice itself never
 * changes.
 *
 * @param number from a gapless series of its own
 * @param taxes what of each tax of the invoice is taken back; bases are net
 * @param subtotal net of tax
 * @param total with tax
 * @param reference of the payment back to the customer; null unless it is a refund
 * @param billedAgain the usage that is taken back to be billed again; null for any other cause
 */
public record CreditNote(
    CreditNoteId id,
    String number,
    CreditNoteType type,
    List<Line> lines,
    List<TaxLine> taxes,
    Money subtotal,
    Money taxTotal,
    Money total,
    String reason,
    String reference,
    Instant issuedAt,
    UsedPeriod billedAgain) {

  /** What is taken off one line of the invoice: net, and with its share of tax. */
  public record Line(LineId lineId, Money amount, Money grossAmount) {}

  public CreditNote {
    lines = List.copyOf(lines);
    taxes = List.copyOf(taxes);
  }

  public CreditNote(
      CreditNoteId id,
      String number,
      CreditNoteType type,
      List<Line> lines,
      List<TaxLine> taxes,
      Money subtotal,
      Money taxTotal,
      Money total,
      String reason,
      String reference,
      Instant issuedAt) {
    this(
        id, number, type, lines, taxes, subtotal, taxTotal, total, reason, reference, issuedAt,
        null);
  }
}
