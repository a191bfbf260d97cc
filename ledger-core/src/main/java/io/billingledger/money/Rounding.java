package io.billingledger.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The one rounding of the ledger: half up, away from zero, to the currency's minor unit, applied
 * once to a line and once to a tax sum (billing rules, amounts and tax).
 */
public final class Rounding {
  /** Half up in {@link RoundingMode}'s sense, which is away from zero for negative amounts. */
  public static final RoundingMode MODE = RoundingMode.HALF_UP;

  private Rounding() {}

  public static Money toMinorUnit(CurrencyUnit currency, BigDecimal exact) {
    return Money.of(currency, exact, MODE);
  }

  /** Rounds numerator / denominator without an intermediate digit being lost. */
  public static Money divide(CurrencyUnit currency, BigDecimal numerator, BigDecimal denominator) {
    return Money.of(currency, numerator.divide(denominator, currency.getDecimalPlaces(), MODE));
  }
}
