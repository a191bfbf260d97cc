package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.api.ApiClient.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Invoices of periods that end where calendars are awkward: a month whose last day has 25 or 23
 * hours, a month that begins on the 31st, a year that begins on 29 February, a year's end.
 */
class PeriodEndsTest extends BillingStory {
  private static final String METERS =
      """
      "meters": [
        {"metric_code": "calls", "name": "Calls", "late_usage": "NEXT_PERIOD_CORRECTION",
         "pricing_model": "METERED", "unit_price": "0.10"},
        {"metric_code": "peak", "name": "Peak", "type": "GAUGE", "aggregation": "MAX",
         "late_usage": "REJECT", "pricing_model": "METERED", "unit_price": "2"},
        {"metric_code": "users", "name": "Users", "aggregation": "UNIQUE_COUNT",
         "aggregation_property": "user", "late_usage": "CREDIT_AND_REBILL",
         "pricing_model": "METERED", "unit_price": "3"},
        {"metric_code": "storage", "name": "Storage", "type": "GAUGE",
         "aggregation": "TIME_WEIGHTED", "pricing_model": "METERED", "unit_price": "100"}]""";

  private static final String CALLS =
      """
      "meters": [{"metric_code": "calls", "name": "Calls", "pricing_model": "METERED",
        "unit_price": "20"}]""";

  private ZoneId zone;
  private String currency;

  /**
   * Given usage around the end of a period, out of order, twice, taken back, replaced and late,
   * then the invoice counts what was used before the local midnight, and storage by the hours that
   * the last month really had.
   */
  @ParameterizedTest
  @CsvSource({
    "Asia/Jakarta, ID, USD",
    "Europe/Berlin, DE, EUR",
    "America/New_York, US, USD",
    "Australia/Sydney, AU, AUD"
  })
  void usageAroundAPeriodsEnd(String where, String country, String money) {
    enter(where, country, money);
    LocalDate last = lastDayOfAPeriod();
    LocalDate first = last.plusDays(1).minusMonths(1);
    advance(at(first, 9));
    String plan = monthly("100.00", ", " + METERS);
    subscribe(plan);
    payAll();
    use("level-1", "storage", "10", midnight(first));
    Instant end = midnight(last.plusDays(1));
    long hours = Duration.between(midnight(first), end).toHours();

    advance(end.plus(Duration.ofHours(2)));
    use("after", "calls", "10", end.plusSeconds(1));
    use("on", "calls", "1000", end);
    use("before", "calls", "100", end.minusSeconds(1));
    use("noon", "calls", "5", at(last, 12));
    String back = use("back", "calls", "7", at(last, 21));
    String wrong = use("wrong", "calls", "20", at(last, 22));
    use("level-2", "storage", "20", end.minus(Duration.ofHours(12)));
    use("peak-on", "peak", "9", end);
    use("peak-before", "peak", "4", end.minusSeconds(1));
    user("anna", end);
    user("ben", end.minusSeconds(1));
    user("ben", at(last, 10));
    user("carl", midnight(first));
    Answer again =
        owner
            .post(
                "/api/usage/batch",
                "[%s, %s]"
                    .formatted(
                        keyed("before", "100", end.minusSeconds(1)),
                        keyed("noon", "6", at(last, 12))))
            .expect(200);
    assertThat(again.text("/results/0/status")).isEqualTo("duplicate");
    assertThat(again.text("/results/1/status")).isEqualTo("rejected");
    assertThat(again.text("/results/1/code")).isEqualTo("usage.key-conflict");
    owner.post("/api/usage/" + back + "/reverse", null).expect(200);
    owner.post("/api/usage/" + wrong + "/replace", "{\"quantity\": \"30\"}").expect(200);
    assertThat(summary(last)).as("of the local day").isEqualTo("135");

    advance(end.plus(Duration.ofHours(26)));
    String second = invoices().getFirst();
    assertThat(lines(second))
        .containsExactly(
            "RECURRING cycle 2: 1 x 100.00 = 100.00",
            "USAGE cycle 1: 135 x 0.10 = 13.50",
            "USAGE cycle 1: 4 x 2 = 8.00",
            "USAGE cycle 1: 2 x 3 = 6.00",
            "USAGE cycle 1: %s x 100 = %s".formatted(level(hours, 9), amount(hours)));
    for (int line = 0; line < 5; line++) {
      assertThat(explanation(second, line).text("/matches")).isEqualTo("true");
    }
    payAll();

    Instant late = end.minus(Duration.ofHours(1));
    use("late", "calls", "50", late);
    owner
        .key(tenant + "late-peak")
        .post("/api/usage", record("peak", "99", late, ""))
        .expectProblem(409, "usage.period-closed");
    user("dora", late);
    advance(end.plus(Duration.ofDays(3)));
    assertThat(notes()).containsExactly("BALANCE 6.00 of " + second);
    assertThat(lines(invoices().getFirst())).containsExactly("USAGE cycle 1: 3 x 3 = 9.00");
    payAll();
    advance(midnight(last.plusDays(1).plusMonths(1)).plus(Duration.ofHours(26)));
    assertThat(lines(invoices().getFirst()))
        .as("what came on the midnight and after it, and what came late")
        .contains("USAGE cycle 2: 1060 x 0.10 = 106.00", "USAGE cycle 2: 9 x 2 = 18.00")
        .contains("USAGE cycle 2: 1 x 3 = 3.00");
  }

  /**
   * Given a month from 31 January, then periods end on the last days of short months and on the
   * 31st of long ones, and an upgrade in the middle of February is for half of its own days.
   */
  @Test
  void aMonthFromTheLastDayOfJanuary() {
    enter("Asia/Jakarta", "ID", "IDR");
    LocalDate january = next(MonthDay.of(1, 31));
    LocalDate february = january.plusMonths(1);
    long days = ChronoUnit.DAYS.between(january, february);
    advance(at(january, 9));
    String bigger = monthly("560000.00", ", " + CALLS);
    subscribe(
        plan(
            monthlyTerms(
                "280000.00",
                ", %s, \"change_rules\": [{\"to_plan_code\": \"%s\", \"timing\": \"IMMEDIATE\"}]"
                    .formatted(CALLS, bigger)),
            code));
    payAll();
    assertThat(invoice(invoices().getFirst()).text("/billing_period_end"))
        .isEqualTo(february.toString());

    LocalDate half = january.plusDays(14);
    advance(at(half, 10));
    use("first-half", "calls", "30", midnight(half).minusSeconds(1));
    use("second-half", "calls", "500", midnight(half));
    owner
        .post(
            "/api/subscriptions/change-request?product=" + code,
            "{\"plan_code\": \"%s\"}".formatted(bigger))
        .expect(201);
    settle();
    String change = invoices().getFirst();
    assertThat(lines(change))
        .containsExactly(
            "RECURRING cycle 1: 1 x 560000.00 = " + share("560000.00", days - 14, days));
    assertThat(invoice(change).text("/amount_credited/amount"))
        .as("what is unused of the smaller one")
        .isEqualTo(share("280000.00", days - 14, days));
    payAll();
    advance(at(half.plusDays(2), 10));
    assertThat(lines(invoices().getFirst())).containsExactly("USAGE cycle 1: 30 x 20 = 600.00");
    payAll();

    use("at-its-end", "calls", "7", midnight(half));
    advance(midnight(february).plus(Duration.ofHours(3)));
    use("last-second", "calls", "3", midnight(february).minusSeconds(1));
    use("next", "calls", "11", midnight(february));
    advance(midnight(february).plus(Duration.ofHours(25)));
    String march = invoices().getFirst();
    assertThat(lines(march))
        .containsExactly(
            "RECURRING cycle 2: 1 x 560000.00 = 560000.00", "USAGE cycle 1: 510 x 20 = 10200.00");
    assertThat(period(march)).isEqualTo(february + " to " + january.plusMonths(2));
    payAll();
    advance(midnight(january.plusMonths(2)).plus(Duration.ofHours(25)));
    String april = invoices().getFirst();
    assertThat(lines(april))
        .containsExactly(
            "RECURRING cycle 3: 1 x 560000.00 = 560000.00", "USAGE cycle 2: 11 x 20 = 220.00");
    assertThat(period(april)).isEqualTo(january.plusMonths(2) + " to " + january.plusMonths(3));
    payAll();
  }

  /** Given a year from 29 February, then the next begins on 28 February, and so does its usage. */
  @Test
  void aYearFromALeapDay() {
    enter("Europe/Berlin", "DE", "EUR");
    LocalDate leap = nextLeapDay();
    advance(at(leap, 9));
    subscribe(
        plan(
            "\"price\": {\"amount\": \"1200.00\", \"currency\": \"EUR\"}, \"interval\":"
                + " {\"kind\": \"CALENDAR_MONTHS\", \"months\": 12}, "
                + CALLS.replace("\"20\"", "\"0.05\"")));
    payAll();
    use("first", "calls", "100", midnight(leap));
    LocalDate end = LocalDate.of(leap.getYear() + 1, 2, 28);
    assertThat(period(invoices().getFirst())).isEqualTo(leap + " to " + end);
    advance(midnight(end).plus(Duration.ofHours(1)));
    use("next", "calls", "40", midnight(end));
    use("last", "calls", "1", midnight(end).minusSeconds(1));
    advance(midnight(end).plus(Duration.ofHours(25)));
    String second = invoices().getFirst();
    assertThat(lines(second))
        .containsExactly(
            "RECURRING cycle 2: 1 x 1200.00 = 1200.00", "USAGE cycle 1: 101 x 0.05 = 5.05");
    assertThat(period(second)).isEqualTo(end + " to " + end.plusYears(1));
    payAll();
  }

  /**
   * Given thirty days that are an hour short because clocks go forward, then a second seat is for
   * the seconds that are left of them.
   */
  @ParameterizedTest
  @CsvSource({"Europe/Berlin, DE, EUR", "America/New_York, US, USD"})
  void aPartOfThirtyDaysThatAreAnHourShort(String where, String country, String money) {
    enter(where, country, money);
    LocalDate change = nextSpring();
    LocalDate first = change.minusDays(10);
    advance(midnight(first));
    subscribe(
        plan(
            "\"price\": {\"amount\": \"719.00\", \"currency\": \"%s\"}, \"proration\": \"SECONDS\""
                .formatted(money)));
    payAll();
    advance(at(change.plusDays(1), 0).plusSeconds(1));
    platform()
        .post(
            "/api/platform/subscriptions/%s/quantity".formatted(subscription), "{\"quantity\": 2}")
        .expect(200);
    settle();
    long whole = 30 * 24 * 3600 - 3600;
    long gone = 11 * 24 * 3600 - 3600;
    assertThat(lines(invoices().getFirst()))
        .as("19 of 30 days, which is %s of %s seconds", whole - gone, whole)
        .containsExactly("RECURRING cycle 1: 1 x 719.00 = " + share("719.00", whole - gone, whole));
    payAll();
  }

  /**
   * Given a month over the year's end, then each invoice has the number of the year of its issue.
   */
  @Test
  void aMonthOverTheYearsEnd() {
    enter("America/New_York", "US", "USD");
    LocalDate december = next(MonthDay.of(12, 1));
    advance(at(december, 9));
    subscribe(monthly("10.00", ", " + CALLS.replace("\"20\"", "\"0.01\"")));
    payAll();
    LocalDate january = december.plusMonths(1);
    assertThat(invoice(invoices().getFirst()).text("/invoice_number"))
        .startsWith("INV-" + december.getYear() + "-");
    advance(midnight(january).plus(Duration.ofHours(1)));
    use("old-year", "calls", "200", midnight(january).minusSeconds(1));
    use("new-year", "calls", "100", midnight(january));
    advance(midnight(january).plus(Duration.ofHours(25)));
    String second = invoices().getFirst();
    assertThat(lines(second))
        .containsExactly(
            "RECURRING cycle 2: 1 x 10.00 = 10.00", "USAGE cycle 1: 200 x 0.01 = 2.00");
    assertThat(invoice(second).text("/invoice_number"))
        .startsWith("INV-" + january.getYear() + "-");
    payAll();
  }

  private LocalDate next(MonthDay day) {
    LocalDate soon = LocalDate.ofInstant(now(), zone).plusDays(1);
    LocalDate then = day.atYear(soon.getYear());
    return then.isBefore(soon) ? day.atYear(soon.getYear() + 1) : then;
  }

  private LocalDate nextLeapDay() {
    LocalDate day = next(MonthDay.of(2, 29));
    while (!day.isLeapYear() || day.getDayOfMonth() != 29) {
      day = MonthDay.of(2, 29).atYear(day.getYear() + 1);
    }
    return day;
  }

  /** On which clocks go forward. */
  private LocalDate nextSpring() {
    ZoneOffsetTransition change = zone.getRules().nextTransition(now().plus(Duration.ofDays(15)));
    while (!change.isGap()) {
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return change.getInstant().atZone(zone).toLocalDate();
  }

  private String period(String invoice) {
    return invoice(invoice).text("/billing_period_start")
        + " to "
        + invoice(invoice).text("/billing_period_end");
  }

  private static String share(String price, long part, long whole) {
    return new BigDecimal(price)
        .multiply(BigDecimal.valueOf(part))
        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** Ten of something for all of the period but its last twelve hours, then twenty. */
  private static BigDecimal level(long hours, int decimals) {
    return BigDecimal.valueOf(10 * (hours - 12) + 20 * 12)
        .divide(BigDecimal.valueOf(hours), decimals, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }

  private static String amount(long hours) {
    return BigDecimal.valueOf(100L * (10 * (hours - 12) + 20 * 12))
        .divide(BigDecimal.valueOf(hours), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private void enter(String where, String country, String money) {
    zone = ZoneId.of(where);
    currency = money;
    tenant =
        platform()
            .post(
                "/api/platform/tenants",
                """
                {"name": "Toko", "owner_email": "sari@example.com", "country": "%s",
                 "currency": "%s", "billing_time_zone": "%s"}"""
                    .formatted(country, currency, where))
            .expect(201)
            .text("/id");
    owner = platform().asNew("sari", "owner", tenant);
  }

  /** The next day with a change of clocks that can end a month; where there is none, any day. */
  private LocalDate lastDayOfAPeriod() {
    Instant soon = now().plus(Duration.ofDays(40));
    while (true) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(soon);
      LocalDate day = (change == null ? soon : change.getInstant()).atZone(zone).toLocalDate();
      LocalDate end = day.plusDays(1);
      if (end.minusMonths(1).plusMonths(1).equals(end)) {
        return day;
      }
      soon = change == null ? soon.plus(Duration.ofDays(1)) : change.getInstant();
    }
  }

  private String monthly(String price, String more) {
    return plan(monthlyTerms(price, more));
  }

  private String monthlyTerms(String price, String more) {
    return "\"price\": {\"amount\": \"%s\", \"currency\": \"%s\"}, \"interval\": %s%s"
        .formatted(price, currency, "{\"kind\": \"CALENDAR_MONTHS\", \"months\": 1}", more);
  }

  private void subscribe(String plan) {
    subscription = subscribeTo(plan, 1);
    settle();
  }

  private void user(String name, Instant when) {
    owner
        .key(tenant + name + when)
        .post(
            "/api/usage",
            record("users", "1", when, ", \"properties\": {\"user\": \"%s\"}".formatted(name)))
        .expect(201);
  }

  private String keyed(String key, String calls, Instant when) {
    return record("calls", calls, when, ", \"idempotency_key\": \"%s\"".formatted(tenant + key));
  }

  private static String record(String metric, String quantity, Instant when, String more) {
    return "{\"metric\": \"%s\", \"quantity\": \"%s\", \"timestamp\": \"%s\"%s}"
        .formatted(metric, quantity, when, more);
  }

  private String summary(LocalDate day) {
    return owner
        .get(
            "/api/usage/summary?metric=calls&from=%s&to=%s&by=day"
                .formatted(midnight(day), midnight(day.plusDays(1))))
        .expect(200)
        .text("/data/0/quantity");
  }

  private void payAll() {
    for (String id : invoices()) {
      String due = invoice(id).text("/amount_due/amount");
      if (!due.equals("0.00")) {
        platform()
            .post(
                "/api/platform/invoices/%s/payments".formatted(id),
                """
                {"amount": {"amount": "%s", "currency": "%s"}, "method": "BANK_TRANSFER"}"""
                    .formatted(due, currency))
            .expect(201);
      }
    }
    settle();
  }

  private void advance(Instant to) {
    platform().post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(to)).expect(200);
  }

  private Instant midnight(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  private Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(zone).toInstant();
  }
}
