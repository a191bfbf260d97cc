package io.billingledger.rating;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * The span in which usage is counted: {@code start} belongs to it, {@code end} does not.
 *
 * @param opening the level with which it begins: the last one of a gauge, the running total of a
 *     counter that is weighted with time; zero where there was none
 */
public record UsageWindow(Instant start, Instant end, BigDecimal opening) {
  public UsageWindow {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a window ends after it starts: " + start + " to " + end);
    }
  }

  boolean contains(Instant at) {
    return !at.isBefore(start) && at.isBefore(end);
  }

  Duration length() {
    return Duration.between(start, end);
  }
}
