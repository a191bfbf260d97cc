package io.billingledger.catalog;

/** For how many cycles a redeemed coupon takes something off. */
public enum CouponDuration {
  ONCE,
  REPEATING,
  FOREVER
}
