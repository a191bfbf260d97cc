package io.billingledger.tax;

import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * One tax on a document ({@code B29}): the rule as it was applied, the net sum it was applied to,
 * and the amount.
 */
public record TaxLine(
    String name,
    BigDecimal ratePercent,
    BaseFactor baseFactor,
    String regulation,
    Money base,
    Money amount) {}
