package io.billingledger.subscription;

/** The states of a subscription (B11, H28). */
public enum SubscriptionStatus {
  /** Waits for its start date or its first payment. */
  PENDING,
  TRIALING,
  /** The trial is over and waits for a payment. */
  TRIAL_EXPIRED,
  ACTIVE,
  PAST_DUE,
  SUSPENDED,
  /** Ended by wish, or not renewed. */
  CANCELED,
  /** Ended by dunning. */
  TERMINATED;

  public boolean running() {
    return this == TRIALING || this == ACTIVE || this == PAST_DUE || this == SUSPENDED;
  }

  public boolean overdue() {
    return this == PAST_DUE || this == SUSPENDED;
  }

  public boolean ended() {
    return this == CANCELED || this == TERMINATED;
  }
}
