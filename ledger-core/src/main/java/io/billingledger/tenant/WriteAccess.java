package io.billingledger.tenant;

/** What a tenant may do, from the least to the most restricted. */
public enum WriteAccess {
  FULL,
  /** Consumptions are refused; paying and managing the subscription stay open (T03). */
  READ_ONLY,
  /** After termination. */
  NONE;

  public WriteAccess strictest(WriteAccess other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
