package io.billingledger.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How much of a whole period a part of it is, and in what that was measured (B36); frozen on a line
 * that charges a part.
 */
public record PartOfPeriod(ProrationBasis basis, Share share) {

  /** Between two local dates. Thirty days stand for a month, whatever the interval's length. */
  public static PartOfPeriod between(
      ProrationBasis basis,
      BillingInterval interval,
      LocalDate from,
      LocalDate to,
      BillingPeriod whole,
      ZoneId zone) {
    return new PartOfPeriod(
        basis,
        switch (basis) {
          case ACTUAL_DAYS -> Share.ofDays(from, to, whole);
          case FIXED_30 -> Share.ofThirty(from, to, interval.thirtyDayLength());
          case SECONDS ->
              seconds(LocalDays.startOf(from, zone), LocalDays.startOf(to, zone), whole, zone);
        });
  }

  /**
   * What is left of a period at an instant. By days, the day on which something changes is the
   * first one of what is left; by seconds, the instant itself is.
   */
  public static PartOfPeriod restFrom(
      ProrationBasis basis,
      BillingInterval interval,
      Instant at,
      LocalDate end,
      BillingPeriod whole,
      ZoneId zone) {
    return basis == ProrationBasis.SECONDS
        ? new PartOfPeriod(basis, seconds(at, LocalDays.startOf(end, zone), whole, zone))
        : between(basis, interval, LocalDays.dateOf(at, zone), end, whole, zone);
  }

  private static Share seconds(Instant from, Instant to, BillingPeriod whole, ZoneId zone) {
    return Share.ofSeconds(
        from, to, LocalDays.startOf(whole.start(), zone), LocalDays.startOf(whole.end(), zone));
  }
}
