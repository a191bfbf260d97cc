package io.billingledger.rating;

import io.billingledger.catalog.Meter;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * Which usage is asked for: that of one subscription in a part of one of its cycles in which its
 * plan did not change. A span is known by its subscription and its two instants.
 *
 * @param productCode of the subscription: usage that names no subscription belongs to it by that
 * @param cycleNo 0 is the trial
 * @param from the beginning of a local date of the tenant; belongs to the span
 * @param to the beginning of a later one; does not
 * @param meters of the plan version in force
 * @param limits of that version that charge for what exceeds them
 */
public record UsageSpan(
    TenantId tenantId,
    SubscriptionId subscriptionId,
    String productCode,
    int cycleNo,
    Instant from,
    Instant to,
    List<Meter> meters,
    List<UsageLimit> limits) {

  public UsageSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a span ends after it starts: " + from + " to " + to);
    }
    meters = List.copyOf(meters);
    limits = List.copyOf(limits);
  }
}
