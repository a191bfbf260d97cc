package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageSpan;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.LocalDays;
import java.time.ZoneId;

/**
 * A used period with its plan version and what was used in it.
 *
 * @param plan the version whose prices held
 */
public record BilledUsage(UsedPeriod used, PlanSnapshot plan, UsageReading reading) {

  /** What to ask the usage store for. */
  public static UsageSpan span(
      TenantId tenant,
      SubscriptionId subscription,
      UsedPeriod used,
      PlanSnapshot plan,
      ZoneId zone) {
    return new UsageSpan(
        tenant,
        subscription,
        plan.productCode(),
        used.cycleNo(),
        LocalDays.startOf(used.period().start(), zone),
        LocalDays.startOf(used.period().end(), zone),
        plan.terms().meters(),
        plan.terms().chargedLimits());
  }
}
