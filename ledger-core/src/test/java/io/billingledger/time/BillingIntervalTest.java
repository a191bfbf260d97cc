package io.billingledger.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BillingIntervalTest {

  @Test
  void thirtyDaysRollWhateverTheCalendarSays() {
    assertThat(starts(new RollingDays(30), LocalDate.of(2026, 1, 31), 3))
        .containsExactly(
            LocalDate.of(2026, 1, 31), LocalDate.of(2026, 3, 2), LocalDate.of(2026, 4, 1));
  }

  @Test
  void anAnchorIsNeverLostInAShortMonth() {
    assertThat(starts(new CalendarMonths(1, null), LocalDate.of(2026, 1, 31), 5))
        .containsExactly(
            LocalDate.of(2026, 1, 31),
            LocalDate.of(2026, 2, 28),
            LocalDate.of(2026, 3, 31),
            LocalDate.of(2026, 4, 30),
            LocalDate.of(2026, 5, 31));
  }

  @Test
  void aYearFromALeapDayReturnsToIt() {
    assertThat(starts(new CalendarMonths(12, null), LocalDate.of(2024, 2, 29), 5))
        .containsExactly(
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2025, 2, 28),
            LocalDate.of(2026, 2, 28),
            LocalDate.of(2027, 2, 28),
            LocalDate.of(2028, 2, 29));
  }

  @Test
  void aStartOffTheAnchorIsAStubUpToIt() {
    CalendarMonths firsts = new CalendarMonths(1, 1);
    BillingPeriod stub = firsts.periodFrom(LocalDate.of(2026, 1, 20), 1);
    assertThat(stub).isEqualTo(period("2026-01-20", "2026-02-01"));
    assertThat(firsts.wholePeriod(stub, 1)).isEqualTo(period("2026-01-01", "2026-02-01"));
    assertThat(firsts.periodFrom(stub.end(), 1)).isEqualTo(period("2026-02-01", "2026-03-01"));
  }

  @Test
  void aWholePeriodIsItsOwnWhole() {
    CalendarMonths monthly = new CalendarMonths(1, null);
    BillingPeriod february = monthly.periodFrom(LocalDate.of(2026, 2, 28), 31);
    assertThat(february).isEqualTo(period("2026-02-28", "2026-03-31"));
    assertThat(monthly.wholePeriod(february, 31)).isEqualTo(february);
  }

  private static BillingPeriod period(String start, String end) {
    return new BillingPeriod(LocalDate.parse(start), LocalDate.parse(end));
  }

  private static List<LocalDate> starts(BillingInterval interval, LocalDate first, int cycles) {
    int anchor = interval.anchorFor(first);
    List<LocalDate> starts = new ArrayList<>();
    for (LocalDate start = first;
        starts.size() < cycles;
        start = interval.periodFrom(start, anchor).end()) {
      starts.add(start);
    }
    return starts;
  }
}
