package io.billingledger.subscription;

/** When a cancellation takes effect. */
public enum CancelAt {
  NOW,
  /** The end of the last paid period. */
  PERIOD_END
}
