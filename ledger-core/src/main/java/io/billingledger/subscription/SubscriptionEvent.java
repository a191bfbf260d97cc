package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.PartOfPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** What happened to a subscription. Instants are when it happened, never dated back. */
public sealed interface SubscriptionEvent extends LedgerEvent {
  SubscriptionId subscriptionId();

  /**
   * @param startOn the local date of its start
   * @param trialDays 0 without a trial, also when the tenant has had its one already
   */
  @EventType(name = "subscription.created")
  record SubscriptionCreated(
      SubscriptionId subscriptionId,
      TenantId tenantId,
      String productCode,
      String planCode,
      int planVersion,
      int quantity,
      boolean autoRenew,
      Activation activation,
      LocalDate startOn,
      int trialDays,
      ZoneId zone,
      Instant at)
      implements SubscriptionEvent {}

  /** Cycle 0. */
  @EventType(name = "subscription.trial-started")
  record TrialStarted(
      SubscriptionId subscriptionId,
      BillingPeriod period,
      String planCode,
      int planVersion,
      Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.trial-expired")
  record TrialExpired(SubscriptionId subscriptionId, Instant at) implements SubscriptionEvent {}

  /**
   * An invoice for a cycle is wanted.
   *
   * @param anchorDay the day of the month that calendar cycles keep to
   * @param dueOn local date at whose beginning it is due
   * @param collect whether it is dunned; not where nothing was provided before it is paid
   * @param usage the ended periods whose usage it is to bill; none in advance
   * @param part what it charges of a period; null where the period and the plan say it
   * @param coupons what is taken off it
   * @param consolidated that other subscriptions of the tenant may stand on it too; null if not
   */
  @EventType(name = "subscription.cycle-invoice-requested")
  record CycleInvoiceRequested(
      SubscriptionId subscriptionId,
      TenantId tenantId,
      InvoiceId invoiceId,
      int cycleNo,
      BillingPeriod period,
      int anchorDay,
      String planCode,
      int planVersion,
      int quantity,
      LocalDate dueOn,
      int attempt,
      InvoiceReason reason,
      boolean collect,
      Instant at,
      List<UsedPeriod> usage,
      PartOfPeriod part,
      List<CouponDiscount> coupons,
      Boolean consolidated)
      implements SubscriptionEvent {
    public CycleInvoiceRequested {
      usage = usage == null ? List.of() : List.copyOf(usage);
      coupons = coupons == null ? List.of() : List.copyOf(coupons);
      consolidated = Boolean.TRUE.equals(consolidated) ? true : null;
    }

    /** Whether no other subscription may stand on the invoice. */
    public boolean alone() {
      return consolidated == null;
    }
  }

  /** The invoice is wanted no longer: to be voided, and what was paid becomes credit. */
  @EventType(name = "subscription.cycle-invoice-withdrawn")
  record CycleInvoiceWithdrawn(
      SubscriptionId subscriptionId, InvoiceId invoiceId, int cycleNo, String reason, Instant at)
      implements SubscriptionEvent {}

  /**
   * @param waived free of charge, not paid
   */
  @EventType(name = "subscription.cycle-settled")
  record CycleSettled(
      SubscriptionId subscriptionId, InvoiceId invoiceId, int cycleNo, boolean waived, Instant at)
      implements SubscriptionEvent {}

  /**
   * The cycle turned; its period may have begun before {@code at} when payment came late.
   *
   * @param invoiceId null where it comes later, with the usage of the cycle that ended
   * @param used what the cycle that ended leaves to be billed; null if nothing
   * @param anchorDay the day of the month that calendar cycles keep to; null where the invoice's
   *     request says it
   */
  @EventType(name = "subscription.cycle-started")
  record CycleStarted(
      SubscriptionId subscriptionId,
      int cycleNo,
      BillingPeriod period,
      String planCode,
      int planVersion,
      InvoiceId invoiceId,
      Instant at,
      UsedPeriod used,
      Integer anchorDay)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.past-due")
  record SubscriptionPastDue(SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.suspended")
  record SubscriptionSuspended(SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at)
      implements SubscriptionEvent {}

  /** Nothing is overdue any more. */
  @EventType(name = "subscription.reactivated")
  record SubscriptionReactivated(SubscriptionId subscriptionId, Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.plan-change-requested")
  record PlanChangeRequested(
      SubscriptionId subscriptionId,
      PlanChangeId changeId,
      String planCode,
      int fromCycle,
      LocalDate effectiveOn,
      Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.plan-change-withdrawn")
  record PlanChangeWithdrawn(SubscriptionId subscriptionId, PlanChangeId changeId, Instant at)
      implements SubscriptionEvent {}

  /**
   * The plan changed within a cycle, which goes on to its end.
   *
   * @param effectiveOn the first local date on the new plan
   * @param used what was used on the old plan and is to be billed; null if nothing
   * @param unused what was charged in advance for the old plan and is not used any more
   */
  @EventType(name = "subscription.plan-changed")
  record PlanChanged(
      SubscriptionId subscriptionId,
      PlanChangeId changeId,
      String planCode,
      int planVersion,
      LocalDate effectiveOn,
      UsedPeriod used,
      List<UnusedPart> unused,
      Instant at)
      implements SubscriptionEvent {
    public PlanChanged {
      unused = List.copyOf(unused);
    }
  }

  /**
   * @param from the quantity before
   * @param fromCycle the first cycle with the new one: the present one, or the next
   * @param effectiveOn the first local date with it
   * @param unused what was charged in advance and is not used any more
   */
  @EventType(name = "subscription.quantity-changed")
  record QuantityChanged(
      SubscriptionId subscriptionId,
      PlanChangeId changeId,
      int from,
      int quantity,
      int fromCycle,
      LocalDate effectiveOn,
      List<UnusedPart> unused,
      Instant at)
      implements SubscriptionEvent {
    public QuantityChanged {
      unused = List.copyOf(unused);
    }
  }

  @EventType(name = "subscription.auto-renew-switched")
  record AutoRenewSwitched(SubscriptionId subscriptionId, boolean enabled, Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.cancellation-scheduled")
  record CancellationScheduled(
      SubscriptionId subscriptionId, LocalDate cancelOn, String reason, Instant at)
      implements SubscriptionEvent {}

  @EventType(name = "subscription.cancellation-revoked")
  record CancellationRevoked(SubscriptionId subscriptionId, Instant at)
      implements SubscriptionEvent {}

  /**
   * @param note what the person said who asked for it; null if nobody did
   * @param used what was used until then and is to be billed
   * @param unused what was charged in advance and is not used any more
   */
  @EventType(name = "subscription.canceled")
  record SubscriptionCanceled(
      SubscriptionId subscriptionId,
      CancelReason reason,
      String note,
      Instant at,
      List<UsedPeriod> used,
      List<UnusedPart> unused)
      implements SubscriptionEvent {
    public SubscriptionCanceled {
      used = used == null ? List.of() : List.copyOf(used);
      unused = unused == null ? List.of() : List.copyOf(unused);
    }
  }

  /**
   * @param used what was used until then and is to be billed
   */
  @EventType(name = "subscription.terminated")
  record SubscriptionTerminated(
      SubscriptionId subscriptionId, InvoiceId invoiceId, Instant at, List<UsedPeriod> used)
      implements SubscriptionEvent {
    public SubscriptionTerminated {
      used = used == null ? List.of() : List.copyOf(used);
    }
  }

  /**
   * @param terms as they were on that day
   */
  @EventType(name = "subscription.coupon-redeemed")
  record CouponRedeemed(SubscriptionId subscriptionId, String code, CouponTerms terms, Instant at)
      implements SubscriptionEvent {}
}
