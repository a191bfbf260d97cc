package io.billingledger.catalog;

/** How a change from this plan to another one is timed; without a rule it waits for the term. */
public record ChangeRule(String toPlanCode, ChangeTiming timing) {}
