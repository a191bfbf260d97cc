package io.billingledger.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How much of a whole a part of it is, as two counts of the same unit. Kept as counts because no
 * daily rate and no ratio is ever rounded: whoever multiplies a price with it multiplies first and
 * divides once.
 *
 * @param whole positive
 */
public record Share(BigDecimal part, BigDecimal whole) {
  private static final int SHOWN_DECIMALS = 9;
  private static final BigDecimal THIRTY = BigDecimal.valueOf(30);

  public Share {
    if (part.signum() < 0 || whole.signum() <= 0) {
      throw new IllegalArgumentException("there is no share of " + part + " in " + whole);
    }
  }

  /** {@code ACTUAL_DAYS}: half-open dates; a part of no day at all is a share of zero. */
  public static Share ofDays(LocalDate from, LocalDate to, BillingPeriod whole) {
    return new Share(
        BigDecimal.valueOf(ChronoUnit.DAYS.between(from, to)), BigDecimal.valueOf(whole.days()));
  }

  /** {@code FIXED_30}: 30E/360, where each month has thirty days and a 31st is a 30th. */
  public static Share ofThirty(LocalDate from, LocalDate to) {
    return ofThirty(from, to, THIRTY);
  }

  /**
   * @param length of the whole, in days of months that have thirty
   */
  static Share ofThirty(LocalDate from, LocalDate to, BigDecimal length) {
    return new Share(BigDecimal.valueOf(days360(to) - days360(from)), length);
  }

  /** {@code SECONDS}, parts of a second included. */
  public static Share ofSeconds(Instant from, Instant to, Instant wholeFrom, Instant wholeTo) {
    return new Share(seconds(from, to), seconds(wholeFrom, wholeTo));
  }

  /** Whether the part is all of it. */
  public boolean entire() {
    return part.compareTo(whole) == 0;
  }

  /** To nine decimals, for people to read; amounts are never computed from it. */
  public BigDecimal ratio() {
    return part.divide(whole, SHOWN_DECIMALS, RoundingMode.HALF_UP);
  }

  private static long days360(LocalDate date) {
    return 360L * date.getYear() + 30L * date.getMonthValue() + Math.min(date.getDayOfMonth(), 30);
  }

  private static BigDecimal seconds(Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    return BigDecimal.valueOf(length.getSeconds()).add(BigDecimal.valueOf(length.getNano(), 9));
  }
}
