package io.billingledger.tax;

import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A percentage of a part of the price. Exact; what is asked for first is rounded once, away from
 * zero, and the rest follows from it.
 *
 * @param percent such as 12; not negative
 */
public record TaxRate(BigDecimal percent, BaseFactor baseFactor) {
  private static final Fraction HUNDRED = Fraction.of(100);

  public TaxRate {
    if (percent.signum() < 0) {
      throw new IllegalArgumentException("a tax rate is not negative, and " + percent + " is");
    }
  }

  /** How much of the net amount the tax is: 0.11 for 12 % on 11/12. */
  public Fraction ofNet() {
    return Fraction.of(percent)
        .times(Fraction.of(baseFactor.numerator()))
        .dividedBy(Fraction.of(baseFactor.denominator()))
        .dividedBy(HUNDRED);
  }

  /** On top of a net amount (B38). A net amount of whole minor units is the same either way. */
  public TaxAmounts onNet(CurrencyUnit currency, BigDecimal amount, TaxRounding first) {
    Money net = Rounding.toMinorUnit(currency, amount);
    BigDecimal base =
        switch (first) {
          case TAX -> amount;
          case NET -> net.getAmount();
        };
    Money tax = rounded(currency, Fraction.of(base).times(ofNet()));
    return new TaxAmounts(net, tax, net.plus(tax));
  }

  /** Inside a gross amount (T06): 2.99 with 4 % has 0.12 if the tax is rounded, 0.11 if the net. */
  public TaxAmounts inGross(CurrencyUnit currency, BigDecimal amount, TaxRounding first) {
    Money gross = Rounding.toMinorUnit(currency, amount);
    Fraction net = Fraction.of(amount).dividedBy(Fraction.ONE.plus(ofNet()));
    return switch (first) {
      case TAX -> {
        Money tax = rounded(currency, net.times(ofNet()));
        yield new TaxAmounts(gross.minus(tax), tax, gross);
      }
      case NET -> {
        Money rounded = rounded(currency, net);
        yield new TaxAmounts(rounded, gross.minus(rounded), gross);
      }
    };
  }

  private static Money rounded(CurrencyUnit currency, Fraction exact) {
    return Money.of(currency, exact.rounded(currency.getDecimalPlaces(), Rounding.MODE));
  }
}
