package io.billingledger.run;

/** Whether a check of a reconciliation found a break. */
public enum CheckStatus {
  OK,
  BROKEN
}
