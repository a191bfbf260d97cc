package io.billingledger.tenant;

/** What a tenant needs to know of one of its subscriptions to derive its own access. */
public enum SubscriptionStanding {
  /** Trialing, active, past due or suspended. */
  RUNNING,
  /** Waiting for a payment before it runs. */
  WAITING,
  /** Canceled or not renewed. */
  ENDED,
  /** Ended by dunning. */
  TERMINATED
}
