package io.billingledger.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.time.BillingPeriod;
import io.billingledger.time.ProrationBasis;
import io.billingledger.time.Share;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class ProrationTest {
  private static final CurrencyUnit USD = CurrencyUnit.USD;

  @Test
  void publishedAmountsByActualDays() {
    assertThat(byDays("24.95", "2021-09-25", "2021-10-17", "2021-09-17", "2021-10-17"))
        .isEqualTo("18.30");
    assertThat(byDays("249.95", "2012-03-04", "2012-04-02", "2012-03-02", "2012-04-02"))
        .isEqualTo("233.82");
    assertThat(byDays("900", "2023-08-11", "2023-08-20", "2023-08-11", "2023-09-11"))
        .isEqualTo("261.29");
    assertThat(byDays("31", "2023-01-15", "2023-02-01", "2023-01-01", "2023-02-01"))
        .isEqualTo("17.00");
    assertThat(byDays("60", "2012-04-21", "2012-05-01", "2012-04-01", "2012-05-01"))
        .isEqualTo("20.00");
  }

  @Test
  void publishedRatios() {
    assertThat(ofDays("2023-05-23", "2023-06-15", "2023-05-23", "2023-06-23"))
        .isEqualTo("0.741935484");
    assertThat(ofDays("2023-06-23", "2023-07-15", "2023-06-23", "2023-07-23"))
        .isEqualTo("0.733333333");
    assertThat(ofDays("2023-02-23", "2023-03-15", "2023-02-23", "2023-03-23"))
        .isEqualTo("0.714285714");
    assertThat(ofDays("2024-02-23", "2024-03-15", "2024-02-23", "2024-03-23"))
        .isEqualTo("0.724137931");
    assertThat(ofDays("2012-03-02", "2012-06-02", "2012-03-02", "2012-04-02"))
        .as("more than one period")
        .isEqualTo("2.967741935");
    for (String[] sameDays :
        new String[][] {
          {"2023-05-23", "2023-06-15"},
          {"2023-06-23", "2023-07-15"},
          {"2023-02-23", "2023-03-15"},
          {"2024-02-23", "2024-03-15"}
        }) {
      assertThat(ofThirty(sameDays[0], sameDays[1])).isEqualTo("0.733333333");
    }
    assertThat(ofThirty("2023-05-15", "2023-05-23")).isEqualTo("0.266666667");
  }

  @Test
  void everyMonthHasThirtyDaysInFixedThirty() {
    assertThat(ofThirty("2026-01-31", "2026-02-28")).isEqualTo("0.933333333");
    assertThat(ofThirty("2026-02-28", "2026-03-31")).isEqualTo("1.066666667");
    assertThat(ofThirty("2026-01-30", "2026-01-31")).isEqualTo("0.000000000");
    assertThat(ofThirty("2026-03-01", "2026-04-01")).isEqualTo("1.000000000");
    assertThat(ofThirty("2024-02-29", "2025-02-28")).isEqualTo("11.966666667");
  }

  @Test
  void secondsCountWhatTheClockOfTheZoneDid() {
    Share twoOfThreeHours =
        Share.ofSeconds(
            Instant.parse("2026-03-29T00:00:00Z"),
            Instant.parse("2026-03-29T02:00:00.000Z"),
            Instant.parse("2026-03-29T00:00:00Z"),
            Instant.parse("2026-03-29T03:00:00Z"));
    assertThat(twoOfThreeHours.ratio()).isEqualTo(new BigDecimal("0.666666667"));
    assertThat(Proration.amount(USD, new BigDecimal("10"), twoOfThreeHours))
        .isEqualTo(Money.parse("USD 6.67"));
  }

  @Test
  void twoMoreSeatsOnDayTwentyOfThirty() {
    BillingPeriod cycle = new BillingPeriod(date("2026-01-01"), date("2026-01-31"));
    Share rest = Share.ofDays(date("2026-01-21"), cycle.end(), cycle);
    assertThat(Proration.amount(USD, new BigDecimal("20.00"), rest))
        .isEqualTo(Money.parse("USD 6.67"));
    assertThat(Proration.amount(USD, new BigDecimal("-20.00"), rest))
        .as("given back, away from zero")
        .isEqualTo(Money.parse("USD -6.67"));
  }

  @Test
  void partsDifferFromTheWholeByTheirRoundingAtMostAndASplitNotAtAll() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("ProrationTest seed " + seed + ", " + cases + " cases");
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      LocalDate start = LocalDate.ofEpochDay(random.nextInt(15_000, 25_000));
      BillingPeriod whole = new BillingPeriod(start, start.plusDays(random.nextInt(1, 400)));
      Money price = Money.ofMinor(USD, random.nextLong(-1_000_000, 1_000_000));
      List<LocalDate> cuts = cuts(random, whole);
      ProrationBasis basis =
          ProrationBasis.values()[random.nextInt(ProrationBasis.values().length)];
      List<Share> parts =
          IntStream.range(1, cuts.size())
              .mapToObj(k -> share(basis, cuts.get(k - 1), cuts.get(k), whole))
              .toList();
      Share all = share(basis, whole.start(), whole.end(), whole);
      assertThat(parts.stream().map(Share::part).reduce(BigDecimal.ZERO, BigDecimal::add))
          .as("seed %d, case %d: the shares add up exactly", seed, i)
          .isEqualByComparingTo(all.part());
      Money expected = Proration.amount(USD, price.getAmount(), all);
      Money sum =
          parts.stream()
              .map(part -> Proration.amount(USD, price.getAmount(), part))
              .reduce(Money::plus)
              .orElseThrow();
      // Each amount, the whole's too, is off by half a cent at most.
      long most = (parts.size() + 1) / 2;
      assertThat(Math.abs(sum.minus(expected).getAmountMinorLong()))
          .as("seed %d, case %d", seed, i)
          .isLessThanOrEqualTo(most);
      assertThat(Proration.split(price, parts).stream().reduce(Money::plus).orElseThrow())
          .as("seed %d, case %d", seed, i)
          .isEqualTo(price);
      if (basis != ProrationBasis.FIXED_30) {
        assertThat(expected).isEqualTo(price);
      }
    }
  }

  private static List<LocalDate> cuts(Random random, BillingPeriod whole) {
    IntStream inside = random.ints(random.nextInt(0, 5), 0, Math.toIntExact(whole.days()) + 1);
    return IntStream.concat(IntStream.of(0, Math.toIntExact(whole.days())), inside)
        .sorted()
        .mapToObj(whole.start()::plusDays)
        .toList();
  }

  private static Share share(
      ProrationBasis basis, LocalDate from, LocalDate to, BillingPeriod whole) {
    return switch (basis) {
      case ACTUAL_DAYS -> Share.ofDays(from, to, whole);
      case FIXED_30 -> Share.ofThirty(from, to);
      case SECONDS ->
          Share.ofSeconds(
              midnight(from), midnight(to), midnight(whole.start()), midnight(whole.end()));
    };
  }

  /** Where some days have 23 hours and some 25. */
  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneId.of("America/New_York")).toInstant();
  }

  private static String byDays(String price, String from, String to, String start, String end) {
    Share share = Share.ofDays(date(from), date(to), new BillingPeriod(date(start), date(end)));
    return Proration.amount(USD, new BigDecimal(price), share).getAmount().toPlainString();
  }

  private static String ofDays(String from, String to, String start, String end) {
    return Share.ofDays(date(from), date(to), new BillingPeriod(date(start), date(end)))
        .ratio()
        .toPlainString();
  }

  private static String ofThirty(String from, String to) {
    return Share.ofThirty(date(from), date(to)).ratio().toPlainString();
  }

  private static LocalDate date(String text) {
    return LocalDate.parse(text);
  }
}
