package io.billingledger.tax;

import org.joda.money.Money;

/** An amount without its tax, the tax, and both together: net + tax = gross, always. */
public record TaxAmounts(Money net, Money tax, Money gross) {
  public TaxAmounts {
    if (!net.plus(tax).isEqual(gross)) {
      throw new IllegalArgumentException(net + " and " + tax + " are not " + gross);
    }
  }
}
