package io.billingledger.api.invoice;

import io.billingledger.api.idempotency.Versioned;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.LineId;
import io.billingledger.view.invoice.CreditNoteRow;
import io.billingledger.view.invoice.InvoiceRow;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * A credit note as it is answered (B41).
 *
 * @param subtotal net of tax
 * @param reference of the payment back; null unless it is a refund
 * @param reversedAt null while it stands
 * @param version of its invoice
 */
record CreditNoteBody(
    CreditNoteId id,
    String tenantId,
    String invoiceId,
    String creditNoteNumber,
    CreditNoteType type,
    List<Line> lineItems,
    List<InvoiceBody.Tax> taxes,
    Money subtotal,
    Money taxTotal,
    Money total,
    String currencyCode,
    String reason,
    String reference,
    Instant issuedAt,
    Instant reversedAt,
    String reversalReason,
    long version)
    implements Versioned {

  /** What is taken off one line of the invoice: net, and with its share of tax. */
  record Line(LineId lineId, Money amount, Money grossAmount) {}

  static CreditNoteBody of(InvoiceRow invoice, InvoiceRow.Noted noted) {
    return of(
        noted.note(),
        invoice.tenantId(),
        invoice.id(),
        noted.reversedAt(),
        noted.reversalReason(),
        invoice.version());
  }

  static CreditNoteBody of(CreditNoteRow row) {
    return of(
        row.note(),
        row.tenantId(),
        row.invoiceId(),
        row.reversedAt(),
        row.reversalReason(),
        row.invoiceVersion());
  }

  private static CreditNoteBody of(
      CreditNote note,
      String tenant,
      String invoice,
      Instant reversedAt,
      String reversalReason,
      long version) {
    return new CreditNoteBody(
        note.id(),
        tenant,
        invoice,
        note.number(),
        note.type(),
        note.lines().stream()
            .map(line -> new Line(line.lineId(), line.amount(), line.grossAmount()))
            .toList(),
        note.taxes().stream().map(InvoiceBody.Tax::of).toList(),
        note.subtotal(),
        note.taxTotal(),
        note.total(),
        note.total().getCurrencyUnit().getCode(),
        note.reason(),
        note.reference(),
        note.issuedAt(),
        reversedAt,
        reversalReason,
        version);
  }
}
