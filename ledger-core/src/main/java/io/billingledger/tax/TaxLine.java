package io.billingledger.tax;

import java.math.BigDecimal;
import java.util.Objects;
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
    Money amount) {

  /** Whether it is of the same rule, as it was applied. */
  public boolean isSameTaxAs(TaxLine other) {
    return name.equals(other.name)
        && ratePercent.compareTo(other.ratePercent) == 0
        && baseFactor.equals(other.baseFactor)
        && Objects.equals(regulation, other.regulation);
  }

  /** Both together, each of them rounded already. */
  public TaxLine plus(TaxLine other) {
    return new TaxLine(
        name,
        ratePercent,
        baseFactor,
        regulation,
        base.plus(other.base),
        amount.plus(other.amount));
  }
}
