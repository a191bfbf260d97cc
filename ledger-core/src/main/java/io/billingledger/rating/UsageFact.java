package io.billingledger.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * One record of usage as rating sees it: reversed and replaced records are left out, what stands is
 * here.
 *
 * @param at when it was used, not when it was reported
 * @param quantity an amount that adds up, or the level of a gauge
 */
public record UsageFact(Instant at, BigDecimal quantity, Map<String, String> properties) {
  public UsageFact {
    properties = Map.copyOf(properties);
  }
}
