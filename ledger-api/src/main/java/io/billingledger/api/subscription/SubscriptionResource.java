package io.billingledger.api.subscription;

import io.billingledger.api.idempotency.Versioned;
import io.billingledger.catalog.CouponDuration;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.subscription.CancelReason;
import io.billingledger.subscription.RedeemedCoupon;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.view.subscription.SubscriptionRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * A subscription as it is answered.
 *
 * @param currentPeriodStart local date in the tenant's zone; null before the first cycle or trial
 * @param cycleNo 0 before the first cycle and in a trial
 * @param nextQuantity from the next cycle on; null where it stays
 * @param trial null without one, and in lists
 * @param nextRenewalAt null when the running cycle is the last one
 * @param cancelAt when the scheduled cancellation takes effect; null without one
 * @param provisioningStatus of its tenant
 */
record SubscriptionResource(
    String id,
    String tenantId,
    String productCode,
    String planCode,
    int planVersion,
    int quantity,
    Integer nextQuantity,
    SubscriptionStatus status,
    boolean autoRenew,
    Instant startAt,
    LocalDate currentPeriodStart,
    LocalDate currentPeriodEnd,
    int cycleNo,
    Instant trialStartAt,
    Instant trialEndAt,
    TrialResource trial,
    Instant nextRenewalAt,
    Pending pendingChange,
    Instant cancelAt,
    Instant canceledAt,
    CancelReason canceledReason,
    ProvisioningStatus provisioningStatus,
    List<Coupon> coupons,
    long version)
    implements Versioned {

  /** A change of plan that waits for its cycle. */
  record Pending(PlanChangeId id, String planCode, Instant effectiveAt) {}

  /** A coupon that it has redeemed. */
  record Coupon(
      String code, BigDecimal percent, Money amount, CouponDuration duration, Integer cycles) {

    static Coupon of(RedeemedCoupon redeemed) {
      CouponTerms terms = redeemed.terms();
      return new Coupon(
          redeemed.code(), terms.percent(), terms.amount(), terms.duration(), terms.cycles());
    }
  }

  /**
   * @param trial with what is left of its balance; null without a trial
   */
  static SubscriptionResource of(
      SubscriptionRow row, ProvisioningStatus provisioning, TrialResource trial) {
    return new SubscriptionResource(
        row.subscriptionId(),
        row.tenantId(),
        row.productCode(),
        row.planCode(),
        row.planVersion(),
        row.quantity(),
        row.nextQuantity(),
        row.status(),
        row.autoRenew(),
        row.startAt(),
        row.periodStart(),
        row.periodEnd(),
        row.cycleNo(),
        row.trialStartAt(),
        row.trialEndAt(),
        trial,
        row.nextRenewalAt(),
        row.pendingChange() == null
            ? null
            : new Pending(
                row.pendingChange().changeId(),
                row.pendingChange().planCode(),
                row.pendingEffectiveAt()),
        row.cancelAt(),
        row.canceledAt(),
        row.canceledReason(),
        provisioning,
        row.coupons().stream().map(Coupon::of).toList(),
        row.version());
  }
}
