package io.billingledger.api.subscription;

import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import java.time.Instant;

/**
 * A change of plan that was asked for.
 *
 * @param fromCycle the first cycle on the new plan
 */
record PlanChangeResource(
    PlanChangeId id,
    SubscriptionId subscriptionId,
    String planCode,
    int fromCycle,
    Instant effectiveAt,
    Status status) {
  enum Status {
    PENDING,
    /** It took effect at once. */
    EFFECTIVE,
    WITHDRAWN
  }
}
