package io.billingledger.subscription;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.catalog.PlanSnapshot;

/**
 * A coupon that a subscription has redeemed, on the terms of that day.
 *
 * @param firstCycle whose invoice it took something off first; null before that
 */
public record RedeemedCoupon(String code, CouponTerms terms, Integer firstCycle) {

  boolean takesOff(int cycle, PlanSnapshot plan) {
    return terms.covers(cycle, firstCycle) && terms.appliesTo(plan);
  }

  CouponDiscount discount() {
    return new CouponDiscount(code, terms.percent(), terms.amount());
  }

  /** Once it has taken something off a cycle. */
  RedeemedCoupon usedIn(int cycle) {
    return firstCycle != null && firstCycle <= cycle
        ? this
        : new RedeemedCoupon(code, terms, cycle);
  }
}
