package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxLine;
import io.billingledger.time.BillingPeriod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.Money;

/** What happened to an invoice. */
public sealed interface InvoiceEvent extends LedgerEvent {
  InvoiceId invoiceId();

  /**
   * Everything that is needed to derive the document again: the plan version, the tax rules as
   * applied, the engine version and the rounding.
   *
   * @param plan frozen (B33)
   * @param total lines − discount + tax
   * @param creditApplied drawn from the tenant's credit at issue
   * @param zone the tenant's, for the dates that the document prints
   * @param collect whether it is dunned
   * @param discounts what {@code discountTotal} consists of, in the order in which it came off
   * @param usage the ended periods whose usage it bills; none in advance
   * @param others the cycles of further subscriptions that stand on it
   */
  @EventType(name = "invoice.issued")
  record InvoiceIssued(
      InvoiceId invoiceId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      String invoiceNumber,
      String legalEntityId,
      InvoiceReason reason,
      int cycleNo,
      BillingPeriod period,
      PlanSnapshot plan,
      int quantity,
      List<InvoiceLine> lines,
      List<TaxLine> taxes,
      Money subtotal,
      Money discountTotal,
      Money taxTotal,
      Money total,
      Money creditApplied,
      ZoneId zone,
      Instant issuedAt,
      Instant dueAt,
      boolean collect,
      String engineVersion,
      String rounding,
      List<AppliedDiscount> discounts,
      List<UsedPeriod> usage,
      List<InvoicedCycle> others)
      implements InvoiceEvent {
    public InvoiceIssued {
      lines = List.copyOf(lines);
      taxes = List.copyOf(taxes);
      discounts = discounts == null ? List.of() : List.copyOf(discounts);
      usage = usage == null ? List.of() : List.copyOf(usage);
      others = others == null ? List.of() : List.copyOf(others);
    }

    /** Whether several subscriptions stand on it. */
    public boolean consolidated() {
      return !others.isEmpty();
    }

    /** What it charges, one for each subscription, in the order of the lines. */
    public List<InvoicedCycle> cycles() {
      return Stream.concat(Stream.of(first()), others.stream()).toList();
    }

    /** Which of them a line is of. */
    public InvoicedCycle cycleOf(InvoiceLine line) {
      return others.isEmpty()
          ? first()
          : cycles().stream()
              .filter(cycle -> cycle.subscriptionId().equals(line.subscriptionId()))
              .findFirst()
              .orElseThrow();
    }

    private InvoicedCycle first() {
      return new InvoicedCycle(subscriptionId, reason, cycleNo, period, plan, quantity, usage);
    }
  }

  /**
   * @param amount all of it: applied + recovered + excess
   * @param applied to what was due
   * @param recovered of what had been written off
   * @param excess became the tenant's credit
   */
  @EventType(name = "invoice.payment-recorded")
  record PaymentRecorded(
      InvoiceId invoiceId,
      PaymentId paymentId,
      ProofId proofId,
      Money amount,
      Money applied,
      Money recovered,
      Money excess,
      PaymentMethod method,
      String reference,
      Instant paidAt,
      Instant at)
      implements InvoiceEvent {}

  /**
   * Nothing is due any more, by payment, by credit, or because it never was. One for each
   * subscription that stands on the invoice.
   */
  @EventType(name = "invoice.settled")
  record InvoiceSettled(InvoiceId invoiceId, SubscriptionId subscriptionId, int cycleNo, Instant at)
      implements InvoiceEvent {}

  /**
   * @param sameFileAs another invoice that the same file was handed in for; null if none
   */
  @EventType(name = "invoice.proof-submitted")
  record ProofSubmitted(
      InvoiceId invoiceId,
      ProofId proofId,
      String fileSha256,
      String contentType,
      long fileSize,
      Money amount,
      Instant paidAt,
      String bankReference,
      InvoiceId sameFileAs,
      Instant at)
      implements InvoiceEvent {}

  /** The first of two approvals. */
  @EventType(name = "invoice.proof-first-approved")
  record ProofFirstApproved(
      InvoiceId invoiceId, ProofId proofId, Money amount, String reason, String by, Instant at)
      implements InvoiceEvent {}

  @EventType(name = "invoice.proof-approved")
  record ProofApproved(
      InvoiceId invoiceId, ProofId proofId, Money amount, String reason, String by, Instant at)
      implements InvoiceEvent {}

  @EventType(name = "invoice.proof-rejected")
  record ProofRejected(InvoiceId invoiceId, ProofId proofId, String reason, String by, Instant at)
      implements InvoiceEvent {}

  /**
   * @param netTotal lines − discount
   * @param openAmount what was still due
   * @param creditReturned what had been drawn from the credit at issue
   * @param paymentsReleased what had been paid, now the tenant's credit
   */
  @EventType(name = "invoice.voided")
  record InvoiceVoided(
      InvoiceId invoiceId,
      SubscriptionId subscriptionId,
      int cycleNo,
      AfterVoid then,
      String reason,
      Money netTotal,
      Money taxTotal,
      Money openAmount,
      Money creditReturned,
      Money paymentsReleased,
      Instant at)
      implements InvoiceEvent {}

  /**
   * A subscription's cycle stands no more on an invoice of several: its subscription took it back,
   * and what it charged was credited, or the invoice was voided.
   */
  @EventType(name = "invoice.cycle-released")
  record CycleReleased(
      InvoiceId invoiceId,
      SubscriptionId subscriptionId,
      int cycleNo,
      AfterVoid then,
      String reason,
      Instant at)
      implements InvoiceEvent {}

  @EventType(name = "invoice.written-off")
  record InvoiceWrittenOff(
      InvoiceId invoiceId, SubscriptionId subscriptionId, Money amount, String reason, Instant at)
      implements InvoiceEvent {}

  /** The note is frozen as the invoice is. */
  @EventType(name = "invoice.credit-note-issued")
  record CreditNoteIssued(InvoiceId invoiceId, TenantId tenantId, CreditNote note)
      implements InvoiceEvent {}

  /**
   * @param note as it was issued: what is undone
   */
  @EventType(name = "invoice.credit-note-reversed")
  record CreditNoteReversed(
      InvoiceId invoiceId, TenantId tenantId, CreditNote note, String reason, Instant at)
      implements InvoiceEvent {}
}
