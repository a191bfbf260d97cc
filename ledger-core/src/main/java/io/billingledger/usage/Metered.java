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
 */
public record Metered(
    SubscriptionId id,
    String productCode,
    boolean primary,
    Instant endedAt,
    List<Meter> meters,
    Instant closedTo) {
  public Metered {
    meters = List.copyOf(meters);
  }

  public Optional<Meter> meter(String metric) {
    return meters.stream().filter(meter -> meter.metricCode().equals(metric)).findFirst();
  }

  /** Whether the span in which this was used is cut off. */
  public boolean closed(Instant usedAt) {
    return closedTo != null && usedAt.isBefore(closedTo);
  }

  /** Whether something used then can still be billed with it. */
  boolean takes(Instant usedAt) {
    return endedAt == null || usedAt.isBefore(endedAt) && !closed(usedAt);
  }
}
