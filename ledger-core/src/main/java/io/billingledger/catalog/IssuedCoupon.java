package io.billingledger.catalog;

import io.billingledger.kernel.CouponId;

/** A coupon as it is: what it takes off, and whether it can be redeemed still. */
public record IssuedCoupon(CouponId couponId, String code, CouponTerms terms, boolean retired) {}
