package io.billingledger.rating;

import io.billingledger.money.Allocation;
import io.billingledger.money.Rounding;
import io.billingledger.time.Share;
import java.math.BigDecimal;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a part of a period costs (B36), for first and last periods that are shorter, for changes
 * within a period, and, with a negative price, for what is given back.
 */
public final class Proration {
  private Proration() {}

  /** The price times the share, rounded once. */
  public static Money amount(CurrencyUnit currency, BigDecimal price, Share share) {
    return Rounding.divide(currency, price.multiply(share.part()), share.whole());
  }

  /** What each of the parts of a whole costs, so that together they cost what the whole does. */
  public static List<Money> split(Money price, List<Share> parts) {
    return Allocation.split(price, parts.stream().map(Share::part).toList());
  }
}
