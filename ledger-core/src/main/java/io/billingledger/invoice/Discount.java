package io.billingledger.invoice;

import io.billingledger.catalog.CouponDiscount;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.joda.money.Money;

/**
 * What is taken off charges: a percentage, or an amount, never more than there is. Where tax is
 * inside the price, the amount is one with tax inside.
 *
 * @param code names it on the invoice: a coupon's code, {@code trial-balance}, {@code maximum}
 * @param percent null when it is an amount
 * @param amount null when it is a percentage
 * @param appliesTo which charges it is split over
 */
public record Discount(
    String code,
    String description,
    BigDecimal percent,
    Money amount,
    Predicate<Charge> appliesTo) {

  public Discount {
    if ((percent == null) == (amount == null)) {
      throw new IllegalArgumentException("a discount is a percentage or an amount");
    }
    if (percent != null
        && (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0)) {
      throw new IllegalArgumentException("a discount is 0 to 100 percent, not " + percent);
    }
    if (amount != null && amount.isNegative()) {
      throw new IllegalArgumentException("a discount takes nothing less than nothing: " + amount);
    }
  }

  /** Off everything that the invoice charges. */
  static Discount of(CouponDiscount coupon) {
    return new Discount(
        coupon.code(), "Coupon " + coupon.code(), coupon.percent(), coupon.amount(), _ -> true);
  }

  public static Discount percent(
      String code, String description, BigDecimal percent, Predicate<Charge> appliesTo) {
    return new Discount(code, description, percent, null, appliesTo);
  }

  public static Discount amount(
      String code, String description, Money amount, Predicate<Charge> appliesTo) {
    return new Discount(code, description, null, amount, appliesTo);
  }
}
