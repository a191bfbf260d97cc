package io.billingledger.subscription;

import io.billingledger.time.BillingPeriod;

/**
 * A part of a cycle in which the plan did not change and whose usage is to be billed; usually the
 * whole cycle.
 *
 * @param cycleNo 0 is the trial
 * @param whole the whole period that the cycle's price is for
 * @param quantity that the plan was subscribed with at the end of it
 * @param again null where it is billed for the first time
 */
public record UsedPeriod(
    int cycleNo,
    BillingPeriod period,
    BillingPeriod whole,
    String planCode,
    int planVersion,
    int quantity,
    BilledAgain again) {

  public UsedPeriod(
      int cycleNo,
      BillingPeriod period,
      BillingPeriod whole,
      String planCode,
      int planVersion,
      int quantity) {
    this(cycleNo, period, whole, planCode, planVersion, quantity, null);
  }

  public UsedPeriod billedAgain(BilledAgain which) {
    return new UsedPeriod(cycleNo, period, whole, planCode, planVersion, quantity, which);
  }

  /** Whether what a meter of this metric charges is billed by this. */
  public boolean bills(String metricCode) {
    return again == null || again.metrics() == null || again.metrics().contains(metricCode);
  }

  /** Whether it is billed with what spans all its meters: a plan's bounds, a trial's balance. */
  public boolean entire() {
    return again == null || again.metrics() == null;
  }
}
