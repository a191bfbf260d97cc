package io.billingledger.revenue;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.RevenueMethod;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is earned when: the published cases, and what holds for every schedule. */
class RevenueScheduleTest {
  private static final InvoiceId INVOICE = InvoiceId.derive("revenue");
  private static final LineId LINE = LineId.derive("revenue");

  @Test
  void aMonthAcrossTwoEarnsByDays() {
    RevenueSchedule schedule = daily("USD 31.00", "2026-01-15", "2026-02-15");
    assertThat(months(schedule)).containsExactly("2026-01 17.00", "2026-02 14.00");
  }

  @Test
  void aYearEarnsTheDaysOfEachMonth() {
    RevenueSchedule schedule = daily("USD 365.00", "2026-01-01", "2027-01-01");
    assertThat(months(schedule))
        .startsWith("2026-01 31.00", "2026-02 28.00", "2026-03 31.00")
        .endsWith("2026-12 31.00")
        .hasSize(12);
  }

  @Test
  void monthlyEarnsTheSameEachMonth() {
    assertThat(months(monthly("USD 100.00", "2026-01-01", "2027-01-01")))
        .startsWith("2026-01 8.33", "2026-02 8.34", "2026-03 8.33")
        .hasSize(12);
    assertThat(months(monthly("USD 36.00", "2026-01-31", "2026-04-30")))
        .as("each month of the period begins where the calendar puts it")
        .containsExactly("2026-01 0.43", "2026-02 11.96", "2026-03 12.01", "2026-04 11.60");
    assertThat(months(monthly("USD 30.00", "2026-01-15", "2026-02-14")))
        .as("no whole month: by days")
        .isEqualTo(months(daily("USD 30.00", "2026-01-15", "2026-02-14")));
  }

  @Test
  void whateverTheScheduleItsMonthsSumToItAndNeverGoBack() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RevenueScheduleTest seed " + seed);
    Random random = new Random(seed);
    int cases = Integer.getInteger("cases", 20_000);
    for (int i = 0; i < cases; i++) {
      LocalDate from = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(1500));
      LocalDate to =
          random.nextBoolean()
              ? from.plusMonths(1 + random.nextInt(36))
              : from.plusDays(1 + random.nextInt(400));
      Money amount =
          Money.ofMinor(
              CurrencyUnit.of(List.of("USD", "JPY", "KWD").get(random.nextInt(3))),
              random.nextInt(2_000_000) - 1_000_000);
      RevenueMethod method = RevenueMethod.values()[random.nextInt(2)];
      RevenueSchedule schedule = new RevenueSchedule(amount, from, to, method);
      String which = "seed %d, case %d: %s".formatted(seed, i, schedule);
      Money zero = Money.zero(amount.getCurrencyUnit());
      assertThat(schedule.months().values().stream().reduce(zero, Money::plus))
          .as(which)
          .isEqualTo(amount);
      assertThat(schedule.months().values())
          .as(which)
          .allMatch(month -> month.isNegative() == amount.isNegative());
      LocalDate between = from.plusDays(random.nextInt(500));
      assertThat(schedule.earnedBefore(between))
          .as(which)
          .isEqualTo(
              new RevenueSchedule(amount.negated(), from, to, method)
                  .earnedBefore(between)
                  .negated());
    }
  }

  @Test
  void aNoteTakesWhatIsNotEarnedYetOverTheRest() {
    List<RevenueLine> lines = new ArrayList<>(List.of(line("USD 31.00")));
    LocalDate day = LocalDate.of(2026, 1, 25);
    List<RevenueLine> taken = RevenueLine.taken(note("one", "USD 10.50"), lines, day);
    assertThat(taken)
        .extracting(RevenueLine::schedule)
        .containsExactly(daily("USD -10.50", "2026-01-25", "2026-02-15"));
    lines.addAll(taken);
    assertThat(earned(lines, "2026-01-25")).isEqualTo("10.00");
    assertThat(earned(lines, "2026-02-15")).isEqualTo("20.50");

    lines.addAll(RevenueLine.taken(note("two", "USD 15.50"), lines, day));
    assertThat(earned(lines, "2026-01-25"))
        .as("the day itself has not earned yet")
        .isEqualTo("10.00");
    assertThat(earned(lines, "2026-01-26"))
        .as("10.50 were not earned yet, and 5.00 had been earned too much")
        .isEqualTo("5.00");
    assertThat(earned(lines, "2026-02-15")).isEqualTo("5.00");
  }

  @Test
  void aNoteAfterThePeriodTakesAtOnceAndOneBeforeItTakesOverAllOfIt() {
    RevenueLine line = line("USD 31.00");
    assertThat(RevenueLine.taken(note("late", "USD 1.00"), List.of(line), day("2026-03-10")))
        .extracting(RevenueLine::schedule)
        .containsExactly(RevenueSchedule.on(day("2026-03-10"), Money.parse("USD -1.00")));
    assertThat(RevenueLine.taken(note("early", "USD 3.10"), List.of(line), day("2026-01-05")))
        .extracting(RevenueLine::schedule)
        .containsExactly(daily("USD -3.10", "2026-01-15", "2026-02-15"));
  }

  @Test
  void whatIsUndoneEarnsNothing() {
    RevenueLine line = line("USD 31.00");
    List<RevenueLine> both = List.of(line, line.undone("void"));
    for (int days = 0; days < 60; days++) {
      assertThat(earned(both, day("2026-01-01").plusDays(days).toString())).isEqualTo("0.00");
    }
  }

  private static RevenueLine line(String amount) {
    return new RevenueLine(
        INVOICE, LINE.value(), LINE.value(), daily(amount, "2026-01-15", "2026-02-15"));
  }

  private static CreditNote note(String key, String amount) {
    Money taken = Money.parse(amount);
    return new CreditNote(
        CreditNoteId.derive(key),
        "CN-1",
        CreditNoteType.ADJUSTMENT,
        List.of(new CreditNote.Line(LINE, taken, taken)),
        List.of(),
        taken,
        taken.minus(taken),
        taken,
        "test",
        null,
        Instant.EPOCH);
  }

  private static String earned(List<RevenueLine> lines, String before) {
    return lines.stream()
        .map(line -> line.schedule().earnedBefore(day(before)))
        .reduce(Money::plus)
        .orElseThrow()
        .getAmount()
        .toPlainString();
  }

  private static List<String> months(RevenueSchedule schedule) {
    List<String> months = new ArrayList<>();
    schedule
        .months()
        .forEach((YearMonth month, Money m) -> months.add(month + " " + m.getAmount()));
    return months;
  }

  private static RevenueSchedule daily(String amount, String from, String to) {
    return new RevenueSchedule(Money.parse(amount), day(from), day(to), RevenueMethod.DAILY);
  }

  private static RevenueSchedule monthly(String amount, String from, String to) {
    return new RevenueSchedule(Money.parse(amount), day(from), day(to), RevenueMethod.MONTHLY);
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }
}
