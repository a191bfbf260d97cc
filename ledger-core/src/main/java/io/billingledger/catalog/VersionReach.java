package io.billingledger.catalog;

/** Whom a new version of a plan reaches, from the date on which it holds. */
public enum VersionReach {
  /** Every subscription, from its next cycle on. */
  ALL_FROM_NEXT_CYCLE,
  /** Only subscriptions that begin, or change to the plan, then; the others keep their version. */
  NEW_SUBSCRIPTIONS
}
