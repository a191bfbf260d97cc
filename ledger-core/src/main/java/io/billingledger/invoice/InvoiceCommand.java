package io.billingledger.invoice;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.PartOfPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.joda.money.Money;

/** What can be asked of an invoice. */
public sealed interface InvoiceCommand {
  InvoiceId invoiceId();

  Instant at();

  /** As {@code CycleInvoiceRequested} wants it; sending it again changes nothing. */
  record IssueInvoice(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      BillingPeriod period,
      int anchorDay,
      String planCode,
      int planVersion,
      int quantity,
      LocalDate dueOn,
      InvoiceReason reason,
      boolean collect,
      List<UsedPeriod> usage,
      PartOfPeriod part,
      List<CouponDiscount> coupons,
      Instant at)
      implements InvoiceCommand {
    public IssueInvoice {
      usage = List.copyOf(usage);
      coupons = List.copyOf(coupons);
    }

    public static IssueInvoice of(CycleInvoiceRequested wanted, Instant at) {
      return new IssueInvoice(
          wanted.invoiceId(),
          wanted.tenantId(),
          wanted.subscriptionId(),
          wanted.cycleNo(),
          wanted.period(),
          wanted.anchorDay(),
          wanted.planCode(),
          wanted.planVersion(),
          wanted.quantity(),
          wanted.dueOn(),
          wanted.reason(),
          wanted.collect(),
          wanted.usage(),
          wanted.part(),
          wanted.coupons(),
          at);
    }
  }

  /**
   * One invoice for cycles of several subscriptions of a tenant. Answers those that are not on it
   * because it was issued without them; sending it again changes nothing.
   *
   * @param cycles what each subscription asked for, all of them due on the same day
   */
  record IssueConsolidated(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      TenantId tenantId,
      List<IssueInvoice> cycles,
      Instant at)
      implements InvoiceCommand {
    public IssueConsolidated {
      cycles = List.copyOf(cycles);
    }
  }

  /**
   * Money that has arrived. What the invoice does not need becomes the tenant's credit.
   *
   * @param paidAt evidence of when it was paid; null if unknown. What counts is {@code at}
   */
  record RecordPayment(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      PaymentId paymentId,
      Money amount,
      PaymentMethod method,
      String reference,
      Instant paidAt,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {}

  /** A tenant's owner hands in a proof of a bank transfer (T08). */
  record SubmitProof(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      ProofId proofId,
      String fileSha256,
      String contentType,
      long fileSize,
      Money amount,
      Instant paidAt,
      String bankReference,
      Instant at)
      implements InvoiceCommand {}

  /**
   * @param amount what to record; null records the proof's amount
   * @param secondAbove above this amount two different actors must approve; null for never
   */
  record ApproveProof(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      ProofId proofId,
      Money amount,
      Money secondAbove,
      String reason,
      String by,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {}

  record RejectProof(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      ProofId proofId,
      String reason,
      String by,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {}

  /** By a person: refused when payments exist. */
  record VoidInvoice(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      AfterVoid then,
      String reason,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {}

  /**
   * By its subscription: voided whatever was paid, and that becomes credit. Where others stand on
   * it too, what it charges for this one is credited.
   */
  record WithdrawInvoice(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      SubscriptionId subscriptionId,
      String reason,
      Instant at)
      implements InvoiceCommand {}

  /**
   * What was paid for a period in advance and is not used any more becomes the tenant's credit, by
   * a credit note. An invoice that is open gives nothing back: it stays due.
   *
   * @param key names the cause; once for each key
   * @param fraction of what the recurring lines charge
   */
  record CreditUnused(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      String key,
      Fraction fraction,
      String reason,
      Instant at)
      implements InvoiceCommand {}

  /**
   * What the lines of a period's usage charge is taken back, because it is billed again: what is
   * still due by an adjustment, what was paid as the tenant's credit.
   *
   * @param used which, and the round that takes its place
   */
  record CreditUsage(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      SubscriptionId subscriptionId,
      UsedPeriod used,
      String reason,
      Instant at)
      implements InvoiceCommand {}

  record WriteOffInvoice(@TargetAggregateIdentifier InvoiceId invoiceId, String reason, Instant at)
      implements InvoiceCommand {}

  /**
   * Takes a part of the invoice back (B42).
   *
   * @param amount with tax, spread over the lines by what is left of them; null where {@code lines}
   *     are given
   * @param lines amounts with tax by line; empty where {@code amount} is given
   * @param reference of the payment back; only for a refund
   * @param billedAgain the usage that is taken back to be billed again; null for any other cause
   */
  record IssueCreditNote(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      CreditNoteId noteId,
      CreditNoteType type,
      Money amount,
      Map<LineId, Money> lines,
      String reason,
      String reference,
      UsedPeriod billedAgain,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {
    public IssueCreditNote {
      lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    public IssueCreditNote(
        InvoiceId invoiceId,
        CreditNoteId noteId,
        CreditNoteType type,
        Money amount,
        Map<LineId, Money> lines,
        String reason,
        String reference,
        Long expectedVersion,
        Instant at) {
      this(invoiceId, noteId, type, amount, lines, reason, reference, null, expectedVersion, at);
    }
  }

  /** Makes a credit note as if it had not been; its number stays used. */
  record ReverseCreditNote(
      @TargetAggregateIdentifier InvoiceId invoiceId,
      CreditNoteId noteId,
      String reason,
      Long expectedVersion,
      Instant at)
      implements InvoiceCommand {}
}
