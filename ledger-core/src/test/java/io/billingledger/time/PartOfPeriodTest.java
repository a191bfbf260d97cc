package io.billingledger.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.rating.Proration;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is left of a period, by days, on thirty days and by seconds, also where clocks change. */
class PartOfPeriodTest {
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  private static final BillingInterval THIRTY = new RollingDays(30);
  private static final BillingPeriod PERIOD = days("2026-01-10", "2026-02-09");

  @Test
  void twoSeatsMoreAfterTwentyOfThirtyDays() {
    Instant at = Instant.parse("2026-01-30T05:00:00Z");
    assertThat(cost(ProrationBasis.ACTUAL_DAYS, at, PERIOD, THIRTY, JAKARTA, "20.00"))
        .isEqualTo("USD 6.67");
    assertThat(
            cost(
                ProrationBasis.SECONDS,
                LocalDays.startOf(LocalDate.of(2026, 1, 30), JAKARTA),
                PERIOD,
                THIRTY,
                JAKARTA,
                "20.00"))
        .isEqualTo("USD 6.67");
    // At noon half a day less is left.
    assertThat(cost(ProrationBasis.SECONDS, at, PERIOD, THIRTY, JAKARTA, "20.00"))
        .isEqualTo("USD 6.33");
  }

  @Test
  void onThirtyDaysFebruaryHasThirtyAndAYearTwelveTimesThirty() {
    BillingPeriod february = days("2026-02-01", "2026-03-01");
    assertThat(
            cost(
                ProrationBasis.FIXED_30,
                Instant.parse("2026-02-15T17:00:00Z"),
                february,
                new CalendarMonths(1, 1),
                JAKARTA,
                "30.00"))
        .isEqualTo("USD 15.00");
    BillingPeriod year = days("2026-01-01", "2027-01-01");
    assertThat(
            cost(
                ProrationBasis.FIXED_30,
                Instant.parse("2026-06-30T17:00:00Z"),
                year,
                new CalendarMonths(12, 1),
                JAKARTA,
                "360.00"))
        .isEqualTo("USD 180.00");
  }

  /**
   * Berlin's clocks go forward on 29 March 2026: the day has 23 hours, and is a day all the same.
   */
  @Test
  void aDayOfTwentyThreeHoursIsADayByDaysAndLessBySeconds() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    BillingPeriod march = days("2026-03-01", "2026-04-01");
    Instant at = LocalDays.startOf(LocalDate.of(2026, 3, 29), berlin);
    assertThat(cost(ProrationBasis.ACTUAL_DAYS, at, march, new CalendarMonths(1, 1), berlin, "31"))
        .isEqualTo("USD 3.00");
    assertThat(
            PartOfPeriod.restFrom(
                    ProrationBasis.SECONDS,
                    new CalendarMonths(1, 1),
                    at,
                    march.end(),
                    march,
                    berlin)
                .share())
        .isEqualTo(
            new Share(new BigDecimal("255600.000000000"), new BigDecimal("2674800.000000000")));
  }

  @Test
  void aLeapDayCounts() {
    BillingPeriod february = days("2028-02-01", "2028-03-01");
    assertThat(
            cost(
                ProrationBasis.ACTUAL_DAYS,
                Instant.parse("2028-02-29T01:00:00Z"),
                february,
                new CalendarMonths(1, 31),
                JAKARTA,
                "29.00"))
        .isEqualTo("USD 1.00");
  }

  private static String cost(
      ProrationBasis basis,
      Instant at,
      BillingPeriod whole,
      BillingInterval interval,
      ZoneId zone,
      String price) {
    Money cost =
        Proration.amount(
            CurrencyUnit.USD,
            new BigDecimal(price),
            PartOfPeriod.restFrom(basis, interval, at, whole.end(), whole, zone).share());
    return cost.toString();
  }

  private static BillingPeriod days(String start, String end) {
    return new BillingPeriod(LocalDate.parse(start), LocalDate.parse(end));
  }
}
