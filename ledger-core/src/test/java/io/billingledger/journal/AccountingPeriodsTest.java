package io.billingledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.journal.AccountingPeriods.Standing;
import io.billingledger.journal.CalendarEvent.PeriodClosed;
import io.billingledger.journal.CalendarEvent.PeriodLocked;
import io.billingledger.journal.CalendarEvent.PeriodReopened;
import io.billingledger.kernel.CalendarId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountingPeriodsTest {
  private static final CalendarId ID = CalendarId.of("default");
  private static final YearMonth JANUARY = YearMonth.of(2026, 1);
  private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);
  private static final LocalDate END = JANUARY.atEndOfMonth();
  private static final Instant CLOSED = Instant.parse("2026-02-01T03:00:00Z");
  private static final Instant OPENED = Instant.parse("2026-02-05T03:00:00Z");
  private static final Instant AGAIN = Instant.parse("2026-02-10T03:00:00Z");

  @Test
  void aMonthThatIsClosedAgainWasClosedBeforeToo() {
    AccountingPeriods periods =
        AccountingPeriods.NONE.evolve(closed(CLOSED)).evolve(opened()).evolve(closed(AGAIN));
    assertThat(periods.wasClosed(JANUARY, CLOSED.minusNanos(1))).isFalse();
    assertThat(periods.wasClosed(JANUARY, CLOSED)).isTrue();
    assertThat(periods.wasClosed(JANUARY, OPENED.minusNanos(1))).isTrue();
    assertThat(periods.wasClosed(JANUARY, OPENED)).isFalse();
    assertThat(periods.wasClosed(JANUARY, AGAIN.plus(Duration.ofDays(90)))).isTrue();
    assertThat(periods.wasClosed(FEBRUARY, AGAIN)).isFalse();
  }

  @Test
  void monthsBeforeTheFirstOneThatWasClosedAreClosedWithIt() {
    AccountingPeriods periods = AccountingPeriods.NONE.evolve(closed(CLOSED));
    assertThat(periods.wasClosed(YearMonth.of(2025, 6), CLOSED)).isTrue();
    assertThat(periods.standing(YearMonth.of(2025, 6))).isEqualTo(Standing.CLOSED);
    assertThat(periods.of(YearMonth.of(2025, 6)).closed()).isNull();
  }

  @Test
  void whatWasClosedLastCountsAlsoWhenLocked() {
    PeriodClosed last = closed(AGAIN);
    AccountingPeriods periods =
        AccountingPeriods.NONE
            .evolve(closed(CLOSED))
            .evolve(opened())
            .evolve(last)
            .evolve(new PeriodLocked(ID, "default", END, "sari", "budi", AGAIN));
    assertThat(periods.standing(JANUARY)).isEqualTo(Standing.LOCKED);
    assertThat(periods.standing(FEBRUARY)).isEqualTo(Standing.OPEN);
    assertThat(periods.of(JANUARY).closed()).isEqualTo(last);
  }

  private static PeriodClosed closed(Instant at) {
    MonthBooks books = new MonthBooks("00ff", 0, List.of());
    return new PeriodClosed(ID, "default", END, books, "sari", "budi", at);
  }

  private static PeriodReopened opened() {
    return new PeriodReopened(ID, "default", END, "sari", "budi", OPENED);
  }
}
