package io.billingledger.subscription;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a subscription. */
public sealed interface SubscriptionCommand {
  SubscriptionId subscriptionId();

  Instant at();

  /**
   * @param startOn local date in the tenant's zone, today or later; null is today
   * @param couponCode redeemed at once; null for none
   */
  record CreateSubscription(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      TenantId tenantId,
      String planCode,
      LocalDate startOn,
      boolean autoRenew,
      int quantity,
      String couponCode,
      Instant at)
      implements SubscriptionCommand {

    public CreateSubscription(
        SubscriptionId subscriptionId,
        TenantId tenantId,
        String planCode,
        LocalDate startOn,
        boolean autoRenew,
        int quantity,
        Instant at) {
      this(subscriptionId, tenantId, planCode, startOn, autoRenew, quantity, null, at);
    }
  }

  /**
   * Does everything that is due at the instant, and answers with the instant at which something is
   * due next (an {@code Optional<Instant>}). Deadlines and runs both send it; sending it again
   * changes nothing.
   */
  record AdvanceSubscription(@TargetAggregateIdentifier SubscriptionId subscriptionId, Instant at)
      implements SubscriptionCommand {}

  /** The cycle's invoice is paid, credited or zero. */
  record SettleCycle(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  /** The cycle's invoice was voided, and another one is wanted in its place. */
  record ReplaceCycleInvoice(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  /** The cycle's invoice was voided, and the cycle is free of charge. */
  record WaiveCycle(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  /**
   * @param progress of the coming cycle's open invoice; null when there is none
   */
  record RequestPlanChange(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      PlanChangeId changeId,
      String planCode,
      InvoiceProgress progress,
      Long expectedVersion,
      Instant at)
      implements SubscriptionCommand {}

  /**
   * @param progress of the coming cycle's open invoice; null when there is none
   */
  record WithdrawPlanChange(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      PlanChangeId changeId,
      InvoiceProgress progress,
      Instant at)
      implements SubscriptionCommand {}

  /**
   * More or less of the same plan.
   *
   * @param changeId names the change, and the invoice for it
   * @param progress of the coming cycle's open invoice; null when there is none
   */
  record ChangeQuantity(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      PlanChangeId changeId,
      int quantity,
      InvoiceProgress progress,
      Long expectedVersion,
      Instant at)
      implements SubscriptionCommand {}

  /**
   * Usage of a period that was billed is to be billed once more, in an invoice of its own; what
   * charged it was credited. Also of a subscription that has ended. Sending it again changes
   * nothing as long as the invoice stands.
   *
   * @param used which, and the round
   * @param coupons what is taken off it
   */
  record RebillUsage(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      UsedPeriod used,
      List<CouponDiscount> coupons,
      Instant at)
      implements SubscriptionCommand {
    public RebillUsage {
      coupons = List.copyOf(coupons);
    }
  }

  record CancelSubscription(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      CancelAt cancelAt,
      String reason,
      Long expectedVersion,
      Instant at)
      implements SubscriptionCommand {}

  record ResumeSubscription(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, Long expectedVersion, Instant at)
      implements SubscriptionCommand {}

  record SwitchAutoRenew(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      boolean enabled,
      Long expectedVersion,
      Instant at)
      implements SubscriptionCommand {}

  record MarkPastDue(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  record SuspendSubscription(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  record TerminateSubscription(
      @TargetAggregateIdentifier SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionCommand {}

  record RedeemCoupon(
      @TargetAggregateIdentifier SubscriptionId subscriptionId,
      String code,
      Long expectedVersion,
      Instant at)
      implements SubscriptionCommand {}
}
