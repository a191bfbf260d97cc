package io.billingledger.catalog;

/** How a period's records of a meter become one quantity. */
public enum Aggregation {
  SUM,
  /** The largest value; of a gauge also the level that the period began with. */
  MAX,
  /**
   * The value of the latest record; of a gauge without one the level that the period began with.
   */
  LAST,
  /** The number of records. */
  COUNT,
  /** The number of different values of one property. */
  UNIQUE_COUNT,
  /** The level's average over the period, each level weighted with how long it held. */
  TIME_WEIGHTED
}
