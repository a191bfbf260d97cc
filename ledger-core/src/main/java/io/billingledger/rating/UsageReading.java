package io.billingledger.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was used in a span, aggregated.
 *
 * @param meters one for each group of each meter, in the order of the meters and then of the
 *     groups' values; a meter that groups by nothing has exactly one, also when nothing was used
 * @param limits one for each limit of the span, in its order
 * @param closedAt the cut-off; null while the span is open
 */
public record UsageReading(List<MeterUse> meters, List<LimitUse> limits, Instant closedAt) {
  public UsageReading {
    meters = List.copyOf(meters);
    limits = List.copyOf(limits);
  }

  /**
   * What one group of records of a meter came to.
   *
   * @param group the values of the properties that the meter groups by, in that order; empty where
   *     it does not
   * @param records how many records were aggregated, corrections included
   */
  public record MeterUse(
      String metricCode, Map<String, String> group, Consumption used, long records) {
    public MeterUse {
      group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }
  }

  /**
   * What was used of a limited metric, all of it, also what the limit includes.
   *
   * @param used not negative
   */
  public record LimitUse(String module, String metric, BigDecimal used, long records) {
    public LimitUse {
      if (used.signum() < 0) {
        throw new IllegalArgumentException("nobody uses less than nothing: " + used);
      }
    }
  }
}
