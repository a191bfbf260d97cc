package io.billingledger.tax;

import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The taxes of a document: each rule's on the sum of its lines and rounded once, as EN 16931 has
 * it. Several rules hold for the same net sum; none is a tax on another.
 */
public record DocumentTaxes(Money net, List<TaxLine> lines) {

  /** On top of a net sum (B38). */
  public static DocumentTaxes onNet(Money net, List<TaxRule> rules) {
    List<TaxLine> lines = new ArrayList<>();
    for (TaxRule rule : rules) {
      Fraction exact = Fraction.of(net.getAmount()).times(rule.rate().ofNet());
      lines.add(rule.line(net, rounded(net.getCurrencyUnit(), exact)));
    }
    return new DocumentTaxes(net, List.copyOf(lines));
  }

  /** Inside a gross sum (T06): what is left when all the taxes are taken out of it is net. */
  public static DocumentTaxes inGross(Money gross, List<TaxRule> rules) {
    Fraction together =
        rules.stream().map(rule -> rule.rate().ofNet()).reduce(Fraction.ONE, Fraction::plus);
    Fraction exactNet = Fraction.of(gross.getAmount()).dividedBy(together);
    List<Money> amounts =
        rules.stream()
            .map(rule -> rounded(gross.getCurrencyUnit(), exactNet.times(rule.rate().ofNet())))
            .toList();
    Money net = amounts.stream().reduce(gross, Money::minus);
    List<TaxLine> lines = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      lines.add(rules.get(i).line(net, amounts.get(i)));
    }
    return new DocumentTaxes(net, List.copyOf(lines));
  }

  public Money total() {
    return lines.stream()
        .map(TaxLine::amount)
        .reduce(Money.zero(net.getCurrencyUnit()), Money::plus);
  }

  private static Money rounded(CurrencyUnit currency, Fraction exact) {
    return Money.of(currency, exact.rounded(currency.getDecimalPlaces(), Rounding.MODE));
  }
}
