package io.billingledger.provisioning;

import java.time.Duration;
import java.util.Optional;

/**
 * When a step that failed is tried again: after {@code first}, then after twice as long each time,
 * never longer than {@code longest}, until {@code attempts} have been made.
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
  private static final int MOST_ATTEMPTS = 100;

  public RetryPolicy {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "attempts must be between 1 and %d, not %d".formatted(MOST_ATTEMPTS, attempts));
    }
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "delays must be longer than nothing and grow: first %s, longest %s"
              .formatted(first, longest));
    }
  }

  /** Empty after the last attempt. */
  public Optional<Duration> delayAfter(int attempt) {
    if (attempt >= attempts) {
      return Optional.empty();
    }
    Duration delay = first;
    for (int i = 1; i < attempt && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return Optional.of(delay.compareTo(longest) < 0 ? delay : longest);
  }
}
