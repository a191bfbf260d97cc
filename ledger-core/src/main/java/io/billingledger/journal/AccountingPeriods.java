package io.billingledger.journal;

import io.billingledger.journal.CalendarEvent.PeriodChangeRejected;
import io.billingledger.journal.CalendarEvent.PeriodChangeRequested;
import io.billingledger.journal.CalendarEvent.PeriodClosed;
import io.billingledger.journal.CalendarEvent.PeriodLocked;
import io.billingledger.journal.CalendarEvent.PeriodReopened;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The months of a legal entity's books, as its calendar's events tell them.
 *
 * @param months those that were ever asked about
 * @param closedSince the last closed month, by the instant since when it was the last
 */
public record AccountingPeriods(
    CalendarState days,
    NavigableMap<YearMonth, Period> months,
    NavigableMap<Instant, YearMonth> closedSince) {
  public static final AccountingPeriods NONE =
      new AccountingPeriods(CalendarState.NONE, new TreeMap<>(), new TreeMap<>());

  public AccountingPeriods {
    months = Collections.unmodifiableNavigableMap(months);
    closedSince = Collections.unmodifiableNavigableMap(closedSince);
  }

  /**
   * @param closed how it was closed the last time, also when it was opened again; null if never
   * @param locked null if it is not
   * @param pending what is asked of it and not decided; null if nothing
   */
  public record Period(PeriodClosed closed, PeriodLocked locked, PeriodChangeRequested pending) {
    static final Period NONE = new Period(null, null, null);
  }

  public enum Standing {
    OPEN,
    CLOSED,
    LOCKED
  }

  public Standing standing(YearMonth month) {
    return days.isLocked(month)
        ? Standing.LOCKED
        : days.isClosed(month) ? Standing.CLOSED : Standing.OPEN;
  }

  /** Whether it was closed then; what became of it later changes nothing about that. */
  public boolean wasClosed(YearMonth month, Instant at) {
    Map.Entry<Instant, YearMonth> last = closedSince.floorEntry(at);
    return last != null && !month.isAfter(last.getValue());
  }

  /** Nothing but nulls where it was never asked about. */
  public Period of(YearMonth month) {
    return months.getOrDefault(month, Period.NONE);
  }

  public AccountingPeriods evolve(CalendarEvent event) {
    YearMonth month = YearMonth.from(event.monthEnd());
    Period before = of(month);
    NavigableMap<YearMonth, Period> after = new TreeMap<>(months);
    after.put(
        month,
        switch (event) {
          case PeriodChangeRequested e -> new Period(before.closed(), before.locked(), e);
          case PeriodChangeRejected _, PeriodReopened _ ->
              new Period(before.closed(), before.locked(), null);
          case PeriodClosed e -> new Period(e, null, null);
          case PeriodLocked e -> new Period(before.closed(), e, null);
        });
    CalendarState then = days.evolve(event);
    NavigableMap<Instant, YearMonth> since = new TreeMap<>(closedSince);
    if (event instanceof PeriodClosed || event instanceof PeriodReopened) {
      since.put(event.at(), then.closed());
    }
    return new AccountingPeriods(then, after, since);
  }
}
