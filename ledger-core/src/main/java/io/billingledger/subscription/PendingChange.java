package io.billingledger.subscription;

import io.billingledger.kernel.PlanChangeId;
import java.time.LocalDate;

/**
 * A change of plan that waits for its cycle.
 *
 * @param fromCycle the first cycle on the new plan
 */
public record PendingChange(
    PlanChangeId changeId, String planCode, int fromCycle, LocalDate effectiveOn) {}
