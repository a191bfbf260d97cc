package io.billingledger.time;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A half-open span of local dates in the tenant's zone: {@code start} belongs to it, {@code end}
 * does not.
 */
public record BillingPeriod(LocalDate start, LocalDate end) {
  public BillingPeriod {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a period ends after it starts: " + start + " to " + end);
    }
  }

  public long days() {
    return ChronoUnit.DAYS.between(start, end);
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
