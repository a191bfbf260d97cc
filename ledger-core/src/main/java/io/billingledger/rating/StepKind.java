package io.billingledger.rating;

/** What the result of a step is. */
public enum StepKind {
  /** The units that are charged for. */
  BILLABLE_UNITS,
  /** The units that lie in a tier. */
  TIER_UNITS,
  /** What the units of a tier cost, without its flat fee. */
  TIER_CHARGE,
  /** What a tier costs. */
  TIER_AMOUNT,
  PACKAGES,
  /** An event's amount without what is free of it. */
  BILLABLE_AMOUNT,
  /** The percentage of an event's amount. */
  EVENT_CHARGE,
  /** What an event costs. */
  EVENT_AMOUNT,
  /** What the meter costs, before it is rounded. */
  TOTAL,
  /** The amount that is charged. */
  AMOUNT
}
