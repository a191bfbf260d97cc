package io.billingledger.catalog;

import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * What a coupon takes off one invoice.
 *
 * @param percent null when it is an amount
 * @param amount with tax inside where prices have it; null when it is a percentage
 */
public record CouponDiscount(String code, BigDecimal percent, Money amount) {}
