package io.billingledger.view.subscription;

/** How far a cycle is (B21). */
public enum CycleStatus {
  /** Its invoice is asked for; it has not begun. */
  INVOICED,
  /** It runs. */
  OPEN,
  /** The next one has begun, or the subscription has ended. */
  CLOSED
}
