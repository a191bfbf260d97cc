package io.billingledger.document;

import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.seller.BankAccount;
import io.billingledger.seller.SellerProfile;
import io.billingledger.tax.TaxLine;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Everything that a document says, whatever it is written as. Amounts are in one currency; dates
 * are local to the customer.
 *
 * @param correction null for an invoice
 * @param id of the invoice or note, which never changes and makes the document's own id
 * @param issuedAt also when the document was made, however often it is made again
 * @param payBefore the first date on which it is late; null for a credit note
 * @param seller whose country is null while nobody has described the seller
 * @param accounts where to pay
 * @param lines what is charged, before any discount
 * @param discounts what {@code discount} consists of, in the order in which it came off
 * @param total lines − discount + taxes
 * @param creditedAtIssue what was drawn from the customer's credit when it was issued
 */
public record BillingDocument(
    Correction correction,
    String id,
    String number,
    Instant issuedAt,
    LocalDate issuedOn,
    LocalDate payBefore,
    BillingPeriod period,
    Party seller,
    List<BankAccount> accounts,
    Party buyer,
    List<InvoiceLine> lines,
    Money subtotal,
    List<Reduction> discounts,
    Money discount,
    List<TaxLine> taxes,
    Money taxTotal,
    Money total,
    Money creditedAtIssue,
    Standing standing) {

  /**
   * What makes it a credit note (B41): all its amounts are taken back.
   *
   * @param invoiceNumber of the invoice that it takes a part of back
   * @param reference of the payment back; null unless it is a refund
   * @param reversedOn null while it stands
   */
  public record Correction(
      CreditNoteType type,
      String invoiceNumber,
      String reason,
      String reference,
      LocalDate reversedOn) {}

  /**
   * Something that came off.
   *
   * @param description null where nobody said what for
   * @param percent null where it was an amount
   * @param amount net, more than zero
   */
  public record Reduction(String description, BigDecimal percent, Money amount) {}

  public BillingDocument {
    accounts = List.copyOf(accounts);
    discounts = List.copyOf(discounts);
    lines = List.copyOf(lines);
    taxes = List.copyOf(taxes);
  }

  /**
   * @param sellerName what the seller is called where nobody has described it
   * @param seller as it was when the invoice was issued
   */
  public static BillingDocument of(
      InvoiceIssued invoice,
      Standing standing,
      String sellerName,
      Optional<SellerProfile> seller,
      Party buyer) {
    return new BillingDocument(
        null,
        invoice.invoiceId().value(),
        invoice.invoiceNumber(),
        invoice.issuedAt(),
        LocalDays.dateOf(invoice.issuedAt(), invoice.zone()),
        LocalDays.dateOf(invoice.dueAt(), invoice.zone()),
        period(invoice),
        seller.map(Party::of).orElseGet(() -> Party.named(sellerName, null, null)),
        seller.map(s -> s.accountsFor(invoice.total().getCurrencyUnit())).orElse(List.of()),
        buyer,
        invoice.lines(),
        invoice.subtotal(),
        reductions(invoice),
        invoice.discountTotal(),
        invoice.taxes(),
        invoice.taxTotal(),
        invoice.total(),
        invoice.creditApplied(),
        standing);
  }

  /**
   * A credit note to an invoice.
   *
   * @param invoice as a document
   * @param reversedAt null while it stands
   */
  public static BillingDocument of(
      CreditNote note, Instant reversedAt, InvoiceIssued issued, BillingDocument invoice) {
    Money nothing = Money.zero(note.total().getCurrencyUnit());
    return new BillingDocument(
        new Correction(
            note.type(),
            invoice.number(),
            note.reason(),
            note.reference(),
            reversedAt == null ? null : LocalDays.dateOf(reversedAt, issued.zone())),
        note.id().value(),
        note.number(),
        note.issuedAt(),
        LocalDays.dateOf(note.issuedAt(), issued.zone()),
        null,
        invoice.period(),
        invoice.seller(),
        List.of(),
        invoice.buyer(),
        note.lines().stream().map(line -> taken(line, issued)).toList(),
        note.subtotal(),
        List.of(),
        nothing,
        note.taxes(),
        note.taxTotal(),
        note.total(),
        nothing,
        new Standing(Standing.Ending.OPEN, null, nothing, nothing, nothing, nothing, nothing));
  }

  /** The invoice's line with what is taken off it, which has no quantity and price of its own. */
  private static InvoiceLine taken(CreditNote.Line taken, InvoiceIssued issued) {
    InvoiceLine line =
        issued.lines().stream()
            .filter(candidate -> candidate.id().equals(taken.lineId()))
            .findFirst()
            .orElseThrow();
    return new InvoiceLine(
        line.id(),
        line.type(),
        line.description(),
        BigDecimal.ONE,
        null,
        taken.amount(),
        taken.grossAmount(),
        line.metricCode(),
        line.subscriptionId(),
        line.cycleNo(),
        null,
        line.part(),
        line.usage());
  }

  /** Of several subscriptions: from the first day that any of them is charged for to the last. */
  private static BillingPeriod period(InvoiceIssued invoice) {
    List<BillingPeriod> periods = invoice.cycles().stream().map(InvoicedCycle::period).toList();
    return new BillingPeriod(
        periods.stream().map(BillingPeriod::start).min(LocalDate::compareTo).orElseThrow(),
        periods.stream().map(BillingPeriod::end).max(LocalDate::compareTo).orElseThrow());
  }

  /** Invoices from before discounts were written down one by one have their sum alone. */
  private static List<Reduction> reductions(InvoiceIssued invoice) {
    if (!invoice.discounts().isEmpty()) {
      return invoice.discounts().stream()
          .map(
              discount ->
                  new Reduction(discount.description(), discount.percent(), discount.amount()))
          .filter(reduction -> reduction.amount().isPositive())
          .toList();
    }
    return invoice.discountTotal().isZero()
        ? List.of()
        : List.of(new Reduction(null, null, invoice.discountTotal()));
  }

  public CurrencyUnit currency() {
    return total.getCurrencyUnit();
  }
}
