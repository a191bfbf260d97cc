package io.billingledger.api.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.api.idempotency.Versioned;
import io.billingledger.invoice.AppliedDiscount;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.invoice.LineType;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.invoice.ProofStatus;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.tax.TaxLine;
import io.billingledger.view.invoice.InvoiceRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * An invoice as it is answered.
 *
 * @param subscriptionId null when the lines differ in it
 * @param closingReason why it was voided or written off; null otherwise
 */
record InvoiceBody(
    String id,
    String tenantId,
    String subscriptionId,
    String invoiceNumber,
    InvoiceStatus status,
    LocalDate billingPeriodStart,
    LocalDate billingPeriodEnd,
    Instant issuedAt,
    Instant dueAt,
    Instant paidAt,
    Instant voidAt,
    String closingReason,
    List<Line> lineItems,
    List<Discount> discounts,
    List<Tax> taxes,
    Money subtotal,
    Money discountTotal,
    Money taxTotal,
    Money total,
    Money amountPaid,
    Money amountCredited,
    Money amountWrittenOff,
    Money amountDue,
    String currencyCode,
    List<Proof> paymentProofs,
    List<Payment> payments,
    List<Note> creditNotes,
    long version)
    implements Versioned {

  /** Who reads: approvers see more of a proof than the tenant does. */
  enum Side {
    TENANT,
    PLATFORM
  }

  /**
   * @param unitPrice as in the catalogue; null where no single price holds for every unit
   * @param amount net, before its discount
   * @param discount its share of the discounts, net; null if none
   */
  record Line(
      LineId id,
      LineType type,
      String description,
      BigDecimal quantity,
      BigDecimal unitPrice,
      Money amount,
      Money grossAmount,
      String metricCode,
      SubscriptionId subscriptionId,
      int cycleNo,
      Money discount) {

    static Line of(InvoiceLine line) {
      return new Line(
          line.id(),
          line.type(),
          line.description(),
          line.quantity(),
          line.unitPrice(),
          line.amount(),
          line.grossAmount(),
          line.metricCode(),
          line.subscriptionId(),
          line.cycleNo(),
          line.discount());
    }
  }

  /**
   * @param percent null when it was an amount
   * @param amount what it took off the lines, net
   */
  record Discount(String code, String description, BigDecimal percent, Money amount) {
    static Discount of(AppliedDiscount discount) {
      return new Discount(
          discount.code(), discount.description(), discount.percent(), discount.amount());
    }
  }

  record Tax(
      String name,
      BigDecimal ratePercent,
      String baseFactor,
      String regulation,
      Money base,
      Money amount) {

    static Tax of(TaxLine tax) {
      return new Tax(
          tax.name(),
          tax.ratePercent(),
          tax.baseFactor().toString(),
          tax.regulation(),
          tax.base(),
          tax.amount());
    }
  }

  /**
   * @param approvedAmount what was recorded; null until approved
   * @param sameFileAs another invoice with the same file; the platform's side only
   * @param firstApprovedBy the first of two; the platform's side only
   * @param decidedBy the platform's side only
   */
  record Proof(
      ProofId id,
      ProofStatus status,
      Money amount,
      String fileSha256,
      String contentType,
      long fileSize,
      Instant paidAt,
      String bankReference,
      Instant submittedAt,
      Instant decidedAt,
      String reason,
      Money approvedAmount,
      @JsonInclude(JsonInclude.Include.NON_NULL) InvoiceId sameFileAs,
      @JsonInclude(JsonInclude.Include.NON_NULL) String firstApprovedBy,
      @JsonInclude(JsonInclude.Include.NON_NULL) String decidedBy) {

    static Proof of(InvoiceRow.Proof proof, Side side) {
      boolean all = side == Side.PLATFORM;
      return new Proof(
          proof.id(),
          proof.status(),
          proof.amount(),
          proof.fileSha256(),
          proof.contentType(),
          proof.fileSize(),
          proof.paidAt(),
          proof.bankReference(),
          proof.submittedAt(),
          proof.decidedAt(),
          proof.reason(),
          proof.approvedAmount(),
          all ? proof.sameFileAs() : null,
          all ? proof.firstApprovedBy() : null,
          all ? proof.decidedBy() : null);
    }
  }

  /**
   * @param proofId null when the platform recorded it directly
   * @param creditedAmount the part that the invoice did not need: the tenant's credit now
   * @param paidAt when it was paid, as far as anybody knows
   */
  record Payment(
      PaymentId id,
      ProofId proofId,
      Money amount,
      Money creditedAmount,
      PaymentMethod method,
      String reference,
      Instant paidAt,
      Instant recordedAt) {

    static Payment of(InvoiceRow.Payment payment) {
      return new Payment(
          payment.id(),
          payment.proofId(),
          payment.amount(),
          payment.excess(),
          payment.method(),
          payment.reference(),
          payment.paidAt(),
          payment.recordedAt());
    }
  }

  /**
   * A credit note in short.
   *
   * @param reversedAt null while it stands
   */
  record Note(
      CreditNoteId id,
      String creditNoteNumber,
      CreditNoteType type,
      Money total,
      String reason,
      Instant issuedAt,
      Instant reversedAt) {

    static Note of(InvoiceRow.Noted noted) {
      CreditNote note = noted.note();
      return new Note(
          note.id(),
          note.number(),
          note.type(),
          note.total(),
          note.reason(),
          note.issuedAt(),
          noted.reversedAt());
    }
  }

  static InvoiceBody of(InvoiceRow row, Instant now, Side side) {
    CurrencyUnit currency = CurrencyUnit.of(row.currencyCode());
    return new InvoiceBody(
        row.id(),
        row.tenantId(),
        row.cycles().isEmpty() ? row.subscriptionId() : null,
        row.invoiceNumber(),
        row.status(now),
        row.periodStart(),
        row.periodEnd(),
        row.issuedAt(),
        row.dueAt(),
        row.paidAt(),
        row.voidAt(),
        row.closingReason(),
        row.lines().stream().map(Line::of).toList(),
        row.discounts().stream().map(Discount::of).toList(),
        row.taxes().stream().map(Tax::of).toList(),
        Money.of(currency, row.subtotal()),
        Money.of(currency, row.discountTotal()),
        Money.of(currency, row.taxTotal()),
        Money.of(currency, row.total()),
        Money.of(currency, row.amountPaid()),
        Money.of(currency, row.amountCredited()),
        Money.of(currency, row.amountWrittenOff()),
        Money.of(currency, row.amountDue()),
        row.currencyCode(),
        row.proofs().stream().map(proof -> Proof.of(proof, side)).toList(),
        row.payments().stream().map(Payment::of).toList(),
        row.creditNotes().stream().map(Note::of).toList(),
        row.version());
  }
}
