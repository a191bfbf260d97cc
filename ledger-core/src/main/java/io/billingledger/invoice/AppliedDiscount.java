package io.billingledger.invoice;

import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * A discount as it stands on an invoice.
 *
 * @param percent null when it was an amount
 * @param asked what it took off in the catalogue's terms: with tax inside where prices have it
 * @param amount what it took off the lines, net
 */
public record AppliedDiscount(
    String code, String description, BigDecimal percent, Money asked, Money amount) {}
