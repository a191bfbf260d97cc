package io.billingledger.subscription;

import io.billingledger.time.BillingPeriod;

/**
 * A part of a cycle in which the plan did not change and whose usage is to be billed; usually the
 * whole cycle.
 *
 * @param cycleNo 0 is the trial
 * @param whole the whole period that the cycle's price is for
 * @param quantity that the plan was subscribed with at the end of it
 */
public record UsedPeriod(
    int cycleNo,
    BillingPeriod period,
    BillingPeriod whole,
    String planCode,
    int planVersion,
    int quantity) {}
