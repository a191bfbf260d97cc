package io.billingledger.catalog;

import java.util.Optional;

/** Answers what a coupon is, from the catalogue's own history. */
public interface CouponBook {
  /** Empty where no coupon has the code. */
  Optional<IssuedCoupon> find(String code);
}
