package io.billingledger.catalog;

/** How what is charged for a period is earned over it; both are straight lines. */
public enum RevenueMethod {
  /**
   * Every month of the period earns the same, counted from its first day, and within a month every
   * day. A period that is not of whole months is earned by days.
   */
  MONTHLY,
  /** Every day earns the same. */
  DAILY
}
