package io.billingledger.time;

/** What the length of a part of a period is measured in (B36). */
public enum ProrationBasis {
  /** Days of the part over days of the whole period it belongs to. */
  ACTUAL_DAYS,
  /** Days of the part as 30E/360 counts them, over 30, whatever the period. */
  FIXED_30,
  /** Seconds of the part over seconds of the whole period. */
  SECONDS
}
