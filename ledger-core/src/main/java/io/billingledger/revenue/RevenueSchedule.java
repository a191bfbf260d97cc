package io.billingledger.revenue;

import io.billingledger.catalog.RevenueMethod;
import io.billingledger.money.Fraction;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * An amount that is earned along a straight line. What is earned by a day is rounded once, half up;
 * a month's share is the difference of two such sums, so that the shares sum to the amount exactly.
 *
 * @param amount negative where it takes back what another one earns
 * @param from the first day that earns
 * @param to the day after the last
 */
public record RevenueSchedule(Money amount, LocalDate from, LocalDate to, RevenueMethod method) {

  public RevenueSchedule {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a schedule ends after it starts: " + from + " to " + to);
    }
  }

  /** All of it on one day. */
  public static RevenueSchedule on(LocalDate day, Money amount) {
    return new RevenueSchedule(amount, day, day.plusDays(1), RevenueMethod.DAILY);
  }

  /**
   * @param day not itself: what the days before it have earned
   */
  public Money earnedBefore(LocalDate day) {
    if (!day.isAfter(from)) {
      return Money.zero(amount.getCurrencyUnit());
    }
    if (!day.isBefore(to)) {
      return amount;
    }
    Fraction earned = Fraction.of(amount.getAmount()).times(share(day));
    return Money.of(
        amount.getCurrencyUnit(), earned.rounded(amount.getScale(), RoundingMode.HALF_UP));
  }

  public Money earnedIn(YearMonth month) {
    return earnedBefore(month.plusMonths(1).atDay(1)).minus(earnedBefore(month.atDay(1)));
  }

  /** What each month earns that earns anything. */
  public SortedMap<YearMonth, Money> months() {
    SortedMap<YearMonth, Money> months = new TreeMap<>();
    YearMonth last = YearMonth.from(to.minusDays(1));
    for (YearMonth month = YearMonth.from(from);
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      Money earned = earnedIn(month);
      if (!earned.isZero()) {
        months.put(month, earned);
      }
    }
    return months;
  }

  private Fraction share(LocalDate day) {
    long months = wholeMonths();
    if (method == RevenueMethod.DAILY || months == 0) {
      return Fraction.of(ChronoUnit.DAYS.between(from, day))
          .dividedBy(Fraction.of(ChronoUnit.DAYS.between(from, to)));
    }
    // Each month begins where the calendar puts it from the first day on, which is never lost.
    long whole = 0;
    while (!from.plusMonths(whole + 1).isAfter(day)) {
      whole++;
    }
    LocalDate start = from.plusMonths(whole);
    Fraction part =
        Fraction.of(ChronoUnit.DAYS.between(start, day))
            .dividedBy(Fraction.of(ChronoUnit.DAYS.between(start, from.plusMonths(whole + 1))));
    return Fraction.of(whole).plus(part).dividedBy(Fraction.of(months));
  }

  /** Zero where the period is not of whole months. From 31 January to 28 February is one. */
  private long wholeMonths() {
    long months = ChronoUnit.MONTHS.between(from, to);
    if (from.plusMonths(months).equals(to)) {
      return months;
    }
    return from.plusMonths(months + 1).equals(to) ? months + 1 : 0;
  }
}
