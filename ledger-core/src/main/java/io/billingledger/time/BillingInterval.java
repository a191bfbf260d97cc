package io.billingledger.time;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** How long a cycle is ({@code T01}, {@code H18}). */
public sealed interface BillingInterval {

  /** Thirty days, or another fixed number, whatever the calendar says. */
  record RollingDays(int days) implements BillingInterval {
    public RollingDays {
      if (days < 1 || days > 3660) {
        throw new IllegalArgumentException("a rolling interval has 1 to 3660 days");
      }
    }
  }

  /**
   * Whole calendar months, ending on the anchor day or on the last day of a month that is too
   * short. The anchor is never lost: 31 January, 28 February, 31 March.
   *
   * @param anchorDay 1 to 31; null takes the day on which the first cycle starts
   */
  record CalendarMonths(int months, Integer anchorDay) implements BillingInterval {
    private static final List<Integer> ALLOWED = List.of(1, 3, 6, 12, 24, 36);

    public CalendarMonths {
      if (!ALLOWED.contains(months)) {
        throw new IllegalArgumentException("calendar months are one of " + ALLOWED);
      }
      if (anchorDay != null && (anchorDay < 1 || anchorDay > 31)) {
        throw new IllegalArgumentException("an anchor day is 1 to 31");
      }
    }
  }

  /** The day that cycles starting on this date are anchored to. */
  default int anchorFor(LocalDate firstStart) {
    return switch (this) {
      case RollingDays _ -> firstStart.getDayOfMonth();
      case CalendarMonths(int _, Integer day) -> day == null ? firstStart.getDayOfMonth() : day;
    };
  }

  /** The period that begins on the date. Off the anchor it is a stub, up to the next anchor day. */
  default BillingPeriod periodFrom(LocalDate start, int anchor) {
    return switch (this) {
      case RollingDays(int days) -> new BillingPeriod(start, start.plusDays(days));
      case CalendarMonths(int months, Integer _) -> {
        LocalDate inMonth = anchored(YearMonth.from(start), anchor);
        if (inMonth.equals(start)) {
          yield new BillingPeriod(
              start, anchored(YearMonth.from(start).plusMonths(months), anchor));
        }
        LocalDate next =
            inMonth.isAfter(start)
                ? inMonth
                : anchored(YearMonth.from(start).plusMonths(1), anchor);
        yield new BillingPeriod(start, next);
      }
    };
  }

  /** The whole period that a stub is a part of; the period itself when it is no stub. */
  default BillingPeriod wholePeriod(BillingPeriod period, int anchor) {
    return switch (this) {
      case RollingDays _ -> period;
      case CalendarMonths(int months, Integer _) ->
          periodFrom(period.start(), anchor).equals(period)
                  && anchored(YearMonth.from(period.start()), anchor).equals(period.start())
              ? period
              : new BillingPeriod(
                  anchored(YearMonth.from(period.end()).minusMonths(months), anchor), period.end());
    };
  }

  /** Its length in days where every month has thirty. */
  default BigDecimal thirtyDayLength() {
    return switch (this) {
      case RollingDays(int days) -> BigDecimal.valueOf(days);
      case CalendarMonths(int months, Integer _) -> BigDecimal.valueOf(30L * months);
    };
  }

  private static LocalDate anchored(YearMonth month, int anchor) {
    return month.atDay(Math.min(anchor, month.lengthOfMonth()));
  }
}
