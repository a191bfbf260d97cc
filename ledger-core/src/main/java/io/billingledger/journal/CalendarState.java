package io.billingledger.journal;

import io.billingledger.journal.CalendarCommand.ApprovePeriodChange;
import io.billingledger.journal.CalendarCommand.RejectPeriodChange;
import io.billingledger.journal.CalendarCommand.RequestPeriodChange;
import io.billingledger.journal.CalendarEvent.PeriodChangeRejected;
import io.billingledger.journal.CalendarEvent.PeriodChangeRequested;
import io.billingledger.journal.CalendarEvent.PeriodClosed;
import io.billingledger.journal.CalendarEvent.PeriodLocked;
import io.billingledger.journal.CalendarEvent.PeriodReopened;
import io.billingledger.journal.CalendarRejection.NoPeriodChange;
import io.billingledger.journal.CalendarRejection.OtherPeriodChange;
import io.billingledger.journal.CalendarRejection.PeriodChangePending;
import io.billingledger.journal.CalendarRejection.PeriodIsLocked;
import io.billingledger.journal.CalendarRejection.PeriodNotClosed;
import io.billingledger.journal.CalendarRejection.PeriodNotOpen;
import io.billingledger.journal.CalendarRejection.PeriodNotOver;
import io.billingledger.journal.CalendarRejection.PeriodOutOfOrder;
import io.billingledger.journal.CalendarRejection.PeriodSamePerson;
import io.billingledger.kernel.Rejected;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * Up to which month the books are closed, and up to which they are locked. Months are closed one
 * after the other, whichever was the first, and opened in the opposite order; so one month says
 * all.
 *
 * @param closed null before the first
 * @param locked null before the first; never after {@code closed}
 * @param pending what is asked and not decided; null if nothing
 */
public record CalendarState(YearMonth closed, YearMonth locked, PeriodChangeRequested pending) {
  public static final CalendarState NONE = new CalendarState(null, null, null);

  public boolean isClosed(YearMonth month) {
    return closed != null && !month.isAfter(closed);
  }

  public boolean isLocked(YearMonth month) {
    return locked != null && !month.isAfter(locked);
  }

  /** The day itself if its month is open, else the first one that is. */
  public LocalDate openDay(LocalDate wanted) {
    return isClosed(YearMonth.from(wanted)) ? closed.plusMonths(1).atDay(1) : wanted;
  }

  List<CalendarEvent> decide(RequestPeriodChange c) {
    YearMonth month = c.month();
    if (pending != null) {
      throw new Rejected(
          new PeriodChangePending(YearMonth.from(pending.monthEnd()), pending.change()));
    }
    switch (c.change()) {
      case CLOSE -> {
        refuseIf(isClosed(month), new PeriodNotOpen(month));
        YearMonth next = closed == null ? c.first() : closed.plusMonths(1);
        refuseIf(
            closed == null ? next != null && month.isAfter(next) : !month.equals(next),
            new PeriodOutOfOrder(month, next));
        refuseIf(!c.over(), new PeriodNotOver(month));
      }
      case LOCK -> {
        refuseIf(!isClosed(month), new PeriodNotClosed(month));
        refuseIf(isLocked(month), new PeriodIsLocked(month));
      }
      case REOPEN -> {
        refuseIf(!isClosed(month), new PeriodNotClosed(month));
        refuseIf(isLocked(month), new PeriodIsLocked(month));
        refuseIf(!month.equals(closed), new PeriodOutOfOrder(month, closed));
      }
    }
    return List.of(
        new PeriodChangeRequested(
            c.calendarId(),
            c.legalEntityId(),
            month.atEndOfMonth(),
            c.change(),
            c.reason(),
            c.by(),
            c.at(),
            c.changeId()));
  }

  List<CalendarEvent> decide(ApprovePeriodChange c) {
    PeriodChangeRequested asked = asked(c.month());
    refuseIf(
        !asked.id().equals(c.changeId()),
        new OtherPeriodChange(c.month(), c.changeId(), asked.id()));
    refuseIf(asked.by().equals(c.by()), new PeriodSamePerson(c.by()));
    // Asked for only after the books were looked for: whoever approves has not seen it.
    refuseIf(
        asked.change() == PeriodChange.CLOSE && c.books() == null, new NoPeriodChange(c.month()));
    return List.of(
        switch (asked.change()) {
          case CLOSE ->
              new PeriodClosed(
                  asked.calendarId(),
                  asked.legalEntityId(),
                  asked.monthEnd(),
                  c.books(),
                  asked.by(),
                  c.by(),
                  c.at());
          case LOCK ->
              new PeriodLocked(
                  asked.calendarId(),
                  asked.legalEntityId(),
                  asked.monthEnd(),
                  asked.by(),
                  c.by(),
                  c.at());
          case REOPEN ->
              new PeriodReopened(
                  asked.calendarId(),
                  asked.legalEntityId(),
                  asked.monthEnd(),
                  asked.by(),
                  c.by(),
                  c.at());
        });
  }

  List<CalendarEvent> decide(RejectPeriodChange c) {
    PeriodChangeRequested asked = asked(c.month());
    return List.of(
        new PeriodChangeRejected(
            asked.calendarId(),
            asked.legalEntityId(),
            asked.monthEnd(),
            asked.change(),
            c.reason(),
            c.by(),
            c.at()));
  }

  /** What is asked for the month. */
  private PeriodChangeRequested asked(YearMonth month) {
    refuseIf(
        pending == null || !YearMonth.from(pending.monthEnd()).equals(month),
        new NoPeriodChange(month));
    return pending;
  }

  public CalendarState evolve(CalendarEvent event) {
    YearMonth month = YearMonth.from(event.monthEnd());
    return switch (event) {
      case PeriodChangeRequested e -> new CalendarState(closed, locked, e);
      case PeriodChangeRejected _ -> new CalendarState(closed, locked, null);
      case PeriodClosed _ -> new CalendarState(month, locked, null);
      case PeriodLocked _ -> new CalendarState(closed, month, null);
      case PeriodReopened _ -> new CalendarState(month.minusMonths(1), locked, null);
    };
  }

  private static void refuseIf(boolean broken, CalendarRejection why) {
    if (broken) {
      throw new Rejected(why);
    }
  }
}
