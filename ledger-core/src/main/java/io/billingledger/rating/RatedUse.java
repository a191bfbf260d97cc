package io.billingledger.rating;

import io.billingledger.catalog.Pricing;
import io.billingledger.money.Fraction;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one group of a meter's usage, or what exceeds a limit, costs in a span.
 *
 * @param metricCode the meter's; of a limit {@code module/metric}
 * @param name for people
 * @param overage whether it is what exceeds a limit
 * @param group the values of the properties that the meter groups by; empty where it does not
 * @param pricing as it was applied to this group
 * @param quantity all that was used, also what costs nothing
 * @param charged the quantity that the unit price is for
 * @param unitPrice null where no single price holds for every unit
 */
public record RatedUse(
    String metricCode,
    String name,
    boolean overage,
    Map<String, String> group,
    Pricing pricing,
    Fraction quantity,
    long records,
    Fraction charged,
    BigDecimal unitPrice,
    Priced priced) {
  public RatedUse {
    group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
  }
}
