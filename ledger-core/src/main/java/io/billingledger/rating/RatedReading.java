package io.billingledger.rating;

import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What the usage of a span costs.
 *
 * @param closedAt the cut-off; null while the span is open
 */
public record RatedReading(PricingEngine engine, List<RatedUse> uses, Instant closedAt) {
  public RatedReading {
    uses = List.copyOf(uses);
  }

  /** Of the amounts, each rounded already. */
  public Money total(CurrencyUnit currency) {
    return uses.stream()
        .map(use -> use.priced().amount())
        .reduce(Money.zero(currency), Money::plus);
  }
}
