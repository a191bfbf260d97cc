package io.billingledger.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * What a coupon takes off and when it can be redeemed (H13, H20). Never changes.
 *
 * @param percent above 0 and at most 100; null when it is an amount
 * @param amount off each invoice, with tax inside where prices have it; null when it is a
 *     percentage
 * @param duration for how many cycles
 * @param cycles the number of cycles of a repeating one; null otherwise
 * @param validFrom first day on which it can be redeemed, in the tenant's zone; null for any
 * @param validUntil last day; null for any
 * @param maxUses how many subscriptions can redeem it; null for any number
 * @param productCodes of the products whose plans it applies to; empty for all
 * @param planCodes of the plans that it applies to; empty for all
 */
public record CouponTerms(
    BigDecimal percent,
    Money amount,
    CouponDuration duration,
    Integer cycles,
    LocalDate validFrom,
    LocalDate validUntil,
    Integer maxUses,
    List<String> productCodes,
    List<String> planCodes) {

  public CouponTerms {
    productCodes = List.copyOf(productCodes);
    planCodes = List.copyOf(planCodes);
    if ((percent == null) == (amount == null)) {
      throw new IllegalArgumentException("a coupon is a percentage or an amount");
    }
    if ((duration == CouponDuration.REPEATING) != (cycles != null)) {
      throw new IllegalArgumentException("a repeating coupon, and only that, says how often");
    }
  }

  public boolean appliesTo(PlanSnapshot plan) {
    return (productCodes.isEmpty() || productCodes.contains(plan.productCode()))
        && (planCodes.isEmpty() || planCodes.contains(plan.code()))
        && (amount == null || amount.isSameCurrency(plan.terms().price()));
  }

  public boolean validOn(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validUntil == null || !day.isAfter(validUntil));
  }

  /**
   * @param first the first cycle that it was used for; null when it was not used yet
   */
  public boolean covers(int cycle, Integer first) {
    if (first == null) {
      return true;
    }
    return switch (duration) {
      case ONCE -> cycle == first;
      case REPEATING -> cycle < first + cycles;
      case FOREVER -> true;
    };
  }
}
