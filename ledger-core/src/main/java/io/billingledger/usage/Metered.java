package io.billingledger.usage;

import io.billingledger.catalog.Meter;
import io.billingledger.kernel.SubscriptionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A subscription that usage may be for.
 *
 * @param primary whether its product is the tenant's primary one
 * @param endedAt null while it has not ended
 * @param meters of its plan version in force
 * @param closedTo the end of its latest span that was cut off; null if none was
 * @param rebilled its closed spans that take some late usage
 */
public record Metered(
    SubscriptionId id,
    String productCode,
    boolean primary,
    Instant endedAt,
    List<Meter> meters,
    Instant closedTo,
    List<Rebilled> rebilled) {
  public Metered {
    meters = List.copyOf(meters);
    rebilled = List.copyOf(rebilled);
  }

  public Metered(
      SubscriptionId id,
      String productCode,
      boolean primary,
      Instant endedAt,
      List<Meter> meters,
      Instant closedTo) {
    this(id, productCode, primary, endedAt, meters, closedTo, List.of());
  }

  /** A closed span, and the metrics whose late usage is billed with it all the same. */
  public record Rebilled(Instant from, Instant to, List<String> metrics) {
    public Rebilled {
      metrics = List.copyOf(metrics);
    }
  }

  /** Whether what was used then is credited and billed again, closed and ended or not. */
  public boolean rebills(String metric, Instant usedAt) {
    return rebilled.stream()
        .anyMatch(
            span ->
                !usedAt.isBefore(span.from())
                    && usedAt.isBefore(span.to())
                    && span.metrics().contains(metric));
  }

  public Optional<Meter> meter(String metric) {
    return meters.stream().filter(meter -> meter.metricCode().equals(metric)).findFirst();
  }

  /** Whether the span in which this was used is cut off. */
  public boolean closed(Instant usedAt) {
    return closedTo != null && usedAt.isBefore(closedTo);
  }

  /** Whether something used then can still be billed with it. */
  boolean takes(String metric, Instant usedAt) {
    return endedAt == null
        || rebills(metric, usedAt)
        || usedAt.isBefore(endedAt) && !closed(usedAt);
  }
}
