package io.billingledger.rating;

import java.util.List;
import org.joda.money.Money;

/**
 * What usage costs, and why.
 *
 * @param steps lead from what was given to the amount; the last one rounds
 */
public record Priced(PricingEngine engine, Money amount, List<Step> steps) {
  public Priced {
    steps = List.copyOf(steps);
  }
}
