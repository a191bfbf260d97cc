package io.billingledger.subscription;

/** Why a subscription is {@code CANCELED}. */
public enum CancelReason {
  REQUESTED,
  NOT_RENEWED,
  /** The first payment of {@code ON_FIRST_PAYMENT} did not come in time. */
  NOT_PAID
}
