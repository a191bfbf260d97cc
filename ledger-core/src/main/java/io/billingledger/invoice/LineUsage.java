package io.billingledger.invoice;

import io.billingledger.catalog.PricingModel;
import io.billingledger.money.Fraction;
import io.billingledger.time.BillingPeriod;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a line that charges usage was made of, frozen with it: enough to find the usage again and to
 * rate it again.
 *
 * @param period in which it was used
 * @param planCode and {@code planVersion} whose prices held then
 * @param model null on the line that brings a meter or a plan up to its minimum
 * @param quantity all that was used, also what cost nothing
 * @param group the values of the properties that the meter groups by; empty where it does not
 * @param records how many records it was
 * @param closedAt the cut-off: what was accepted later is not in it
 * @param engine version of the pricing engine
 */
public record LineUsage(
    BillingPeriod period,
    String planCode,
    int planVersion,
    PricingModel model,
    Fraction quantity,
    Map<String, String> group,
    long records,
    Instant closedAt,
    String engine) {
  public LineUsage {
    group = group == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(group));
  }
}
