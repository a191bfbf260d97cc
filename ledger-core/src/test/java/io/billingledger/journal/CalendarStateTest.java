package io.billingledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.journal.CalendarCommand.ApprovePeriodChange;
import io.billingledger.journal.CalendarCommand.RejectPeriodChange;
import io.billingledger.journal.CalendarCommand.RequestPeriodChange;
import io.billingledger.journal.CalendarEvent.PeriodChangeRequested;
import io.billingledger.journal.CalendarEvent.PeriodClosed;
import io.billingledger.kernel.CalendarId;
import io.billingledger.kernel.PeriodChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StateTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarStateTest {
  private static final CalendarId ID = CalendarId.of("default");
  private static final Instant AT = Instant.parse("2026-03-01T03:00:00Z");
  private static final PeriodChangeId CHANGE = PeriodChangeId.derive("one");
  private static final YearMonth JANUARY = YearMonth.of(2026, 1);
  private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);
  private static final MonthBooks BOOKS = new MonthBooks("00ff", 0, List.of());

  @Test
  void everyCommandInEveryState() throws IOException {
    CalendarState closed = closed(JANUARY);
    new StateTable<CalendarState>("Accounting calendar: state × command")
        .state("nothing closed", CalendarState.NONE)
        .state("closing asked", asked(CalendarState.NONE, JANUARY, PeriodChange.CLOSE))
        .state("January closed", closed)
        .state("locking asked", asked(closed, JANUARY, PeriodChange.LOCK))
        .state("January locked", locked())
        .state("opening asked", asked(closed, JANUARY, PeriodChange.REOPEN))
        .command(
            RequestPeriodChange.class,
            "CLOSE January",
            state -> state.decide(request(JANUARY, PeriodChange.CLOSE)))
        .command(
            RequestPeriodChange.class,
            "CLOSE February",
            state -> state.decide(request(FEBRUARY, PeriodChange.CLOSE)))
        .command(
            RequestPeriodChange.class,
            "LOCK January",
            state -> state.decide(request(JANUARY, PeriodChange.LOCK)))
        .command(
            RequestPeriodChange.class,
            "REOPEN January",
            state -> state.decide(request(JANUARY, PeriodChange.REOPEN)))
        .command(
            ApprovePeriodChange.class,
            state -> state.decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, BOOKS, "budi", AT)))
        .command(
            RejectPeriodChange.class,
            state -> state.decide(new RejectPeriodChange(ID, JANUARY, "no", "budi", AT)))
        .check(CalendarCommand.class, Path.of("../docs/states-period.md"));
  }

  @Test
  void oneMonthAfterTheOtherAndBackwards() {
    refused("period.out-of-order", () -> CalendarState.NONE.decide(request(FEBRUARY, CLOSE)));
    CalendarState closed = closed(JANUARY);
    refused("period.out-of-order", () -> closed.decide(request(YearMonth.of(2026, 3), CLOSE)));
    CalendarState both =
        after(
            asked(closed, FEBRUARY, CLOSE),
            asked(closed, FEBRUARY, CLOSE)
                .decide(new ApprovePeriodChange(ID, FEBRUARY, CHANGE, BOOKS, "budi", AT)));
    refused("period.out-of-order", () -> both.decide(request(JANUARY, PeriodChange.REOPEN)));
    CalendarState opened =
        after(
            asked(both, FEBRUARY, PeriodChange.REOPEN),
            asked(both, FEBRUARY, PeriodChange.REOPEN)
                .decide(new ApprovePeriodChange(ID, FEBRUARY, CHANGE, null, "budi", AT)));
    assertThat(opened.closed()).isEqualTo(JANUARY);
  }

  private static final PeriodChange CLOSE = PeriodChange.CLOSE;

  @Test
  void nobodyApprovesWhatHeAskedFor() {
    refused(
        "period.same-person",
        () ->
            asked(CalendarState.NONE, JANUARY, CLOSE)
                .decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, BOOKS, "sari", AT)));
  }

  @Test
  void anApprovalNamesTheChangeThatWasRead() {
    PeriodChangeId other = PeriodChangeId.derive("another");
    CalendarState asked = asked(CalendarState.NONE, JANUARY, CLOSE);
    refused(
        "period.other-change",
        () -> asked.decide(new ApprovePeriodChange(ID, JANUARY, other, BOOKS, "budi", AT)));
    assertThat(asked.decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, BOOKS, "budi", AT)))
        .hasSize(1);
  }

  /** Such as is in the store of an older ledger, asked and not decided. */
  @Test
  void aChangeFromBeforeThereWereIdsHasOneThatIsAlwaysTheSame() {
    PeriodChangeRequested old =
        new PeriodChangeRequested(
            ID, "default", LocalDate.of(2026, 1, 31), CLOSE, "month-end", "sari", AT, null);
    PeriodChangeRequested later =
        new PeriodChangeRequested(
            ID, "default", LocalDate.of(2026, 1, 31), CLOSE, "x", "sari", AT.plusSeconds(1), null);
    assertThat(old.id().value()).startsWith("pch_").isNotEqualTo(later.id().value());
    CalendarState asked = CalendarState.NONE.evolve(old);
    assertThat(asked.decide(new ApprovePeriodChange(ID, JANUARY, old.id(), BOOKS, "budi", AT)))
        .hasSize(1);
    refused(
        "period.other-change",
        () -> asked.decide(new ApprovePeriodChange(ID, JANUARY, later.id(), BOOKS, "budi", AT)));
  }

  @Test
  void aMonthThatRunsIsNotClosed() {
    refused(
        "period.not-over",
        () ->
            CalendarState.NONE.decide(
                new RequestPeriodChange(
                    ID, "default", JANUARY, CHANGE, CLOSE, null, false, "early", "sari", AT)));
  }

  @Test
  void whatIsLockedIsNotOpened() {
    refused("period.locked", () -> locked().decide(request(JANUARY, PeriodChange.REOPEN)));
  }

  @Test
  void theOpenDayIsTheWantedOneOrTheFirstAfterTheClosedMonths() {
    CalendarState closed = closed(JANUARY);
    assertThat(closed.openDay(LocalDate.of(2026, 1, 15))).isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(closed.openDay(LocalDate.of(2024, 5, 5)))
        .as("months before the first one that was closed are closed with it")
        .isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(closed.openDay(LocalDate.of(2026, 2, 15))).isEqualTo(LocalDate.of(2026, 2, 15));
    assertThat(CalendarState.NONE.openDay(LocalDate.of(2026, 1, 15)))
        .isEqualTo(LocalDate.of(2026, 1, 15));
  }

  /** As when it is asked for between the look at the books and the approval. */
  @Test
  void noMonthIsClosedWithoutItsBooks() {
    refused(
        "period.nothing-requested",
        () ->
            asked(CalendarState.NONE, JANUARY, CLOSE)
                .decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, null, "budi", AT)));
  }

  @Test
  void theEventNamesBothPeopleAndTheBooks() {
    assertThat(
            asked(CalendarState.NONE, JANUARY, CLOSE)
                .decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, BOOKS, "budi", AT)))
        .containsExactly(
            new PeriodClosed(ID, "default", LocalDate.of(2026, 1, 31), BOOKS, "sari", "budi", AT));
  }

  private static RequestPeriodChange request(YearMonth month, PeriodChange change) {
    return new RequestPeriodChange(
        ID, "default", month, CHANGE, change, JANUARY, true, "month-end", "sari", AT);
  }

  private static CalendarState asked(CalendarState state, YearMonth month, PeriodChange change) {
    return after(state, state.decide(request(month, change)));
  }

  private static CalendarState closed(YearMonth month) {
    CalendarState asked = asked(CalendarState.NONE, month, CLOSE);
    return after(
        asked, asked.decide(new ApprovePeriodChange(ID, month, CHANGE, BOOKS, "budi", AT)));
  }

  private static CalendarState locked() {
    CalendarState asked = asked(closed(JANUARY), JANUARY, PeriodChange.LOCK);
    return after(
        asked, asked.decide(new ApprovePeriodChange(ID, JANUARY, CHANGE, null, "budi", AT)));
  }

  private static CalendarState after(CalendarState state, List<CalendarEvent> events) {
    for (CalendarEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }

  private static void refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable decision) {
    assertThatThrownBy(decision)
        .isInstanceOfSatisfying(
            Rejected.class, refused -> assertThat(refused.rejection().code()).isEqualTo(code));
  }
}
