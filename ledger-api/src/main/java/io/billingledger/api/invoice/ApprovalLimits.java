package io.billingledger.api.invoice;

import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Above which amount two different people must approve a proof.
 *
 * @param byCurrency a currency that is not in it never needs two
 */
public record ApprovalLimits(Map<CurrencyUnit, Money> byCurrency) {
  public ApprovalLimits {
    byCurrency = Map.copyOf(byCurrency);
  }

  /** Null for never. */
  Money secondAbove(String currencyCode) {
    return byCurrency.get(CurrencyUnit.of(currencyCode));
  }
}
