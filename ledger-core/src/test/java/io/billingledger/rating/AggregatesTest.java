package io.billingledger.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.UsageFilter;
import io.billingledger.money.Fraction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregatesTest {
  private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
  private static final UsageWindow TEN_HOURS = window(10, "0");

  @Test
  void eachAggregationOfTheSameRecords() {
    List<UsageFact> facts =
        List.of(fact(1, "5", "a"), fact(3, "2.5", "b"), fact(4, "7", "a"), fact(6, "1", null));
    assertThat(counter(Aggregation.SUM, facts)).isEqualTo("15.5");
    assertThat(counter(Aggregation.MAX, facts)).isEqualTo("7");
    assertThat(counter(Aggregation.LAST, facts)).isEqualTo("1");
    assertThat(counter(Aggregation.COUNT, facts)).isEqualTo("4");
    assertThat(counter(Aggregation.UNIQUE_COUNT, facts))
        .as("those without the property are one more")
        .isEqualTo("3");
    // 0 for 1 h, 5 for 2 h, 7.5 for 1 h, 14.5 for 2 h, 15.5 for 4 h
    assertThat(counter(Aggregation.TIME_WEIGHTED, facts)).isEqualTo("10.85");
  }

  @Test
  void aGaugeKeepsTheLevelThatThePeriodBeganWith() {
    UsageWindow opened = window(10, "8");
    List<UsageFact> facts = List.of(fact(2, "3", "a"), fact(7, "5", "a"));
    assertThat(gauge(Aggregation.MAX, opened, facts)).isEqualTo("8");
    assertThat(gauge(Aggregation.LAST, opened, facts)).isEqualTo("5");
    // 8 for 2 h, 3 for 5 h, 5 for 3 h
    assertThat(gauge(Aggregation.TIME_WEIGHTED, opened, facts)).isEqualTo("4.6");
    assertThat(gauge(Aggregation.LAST, opened, List.of())).isEqualTo("8");
    assertThat(gauge(Aggregation.TIME_WEIGHTED, opened, List.of())).isEqualTo("8");
    assertThat(gauge(Aggregation.COUNT, opened, List.of())).isEqualTo("0");
  }

  @Test
  void nothingUsedIsNothing() {
    for (Aggregation aggregation : Aggregation.values()) {
      assertThat(counter(aggregation, List.of())).as(aggregation.name()).isEqualTo("0");
    }
  }

  @Test
  void thePeriodIsHalfOpen() {
    List<UsageFact> facts =
        List.of(
            new UsageFact(START.minusNanos(1), new BigDecimal("100"), Map.of()),
            fact(0, "1", "a"),
            new UsageFact(TEN_HOURS.end().minusNanos(1), new BigDecimal("2"), Map.of()),
            fact(10, "100", "a"));
    assertThat(counter(Aggregation.SUM, facts)).isEqualTo("3");
  }

  @Test
  void anAverageOverTimeIsExact() {
    UsageWindow threeDays = new UsageWindow(START, START.plus(Duration.ofDays(3)), BigDecimal.ZERO);
    Meter meter = meter(MeterType.COUNTER, Aggregation.TIME_WEIGHTED);
    assertThat(Aggregates.of(meter, threeDays, List.of(fact(48, "10", "a"))).quantity())
        .isEqualTo(Fraction.parse("10/3"));
  }

  @Test
  void filtersAndGroupsAreByProperties() {
    Meter meter =
        new Meter(
            "calls",
            null,
            null,
            MeterType.COUNTER,
            Aggregation.SUM,
            null,
            List.of(
                new UsageFilter("plan", List.of("pro", "team"), false),
                new UsageFilter("test", List.of("true"), true)),
            List.of("region", "zone"),
            LateUsage.REJECT,
            Prices.flat("1"));
    List<UsageFact> facts =
        List.of(
            with("1", Map.of("plan", "pro", "region", "eu", "zone", "b")),
            with("2", Map.of("plan", "team", "region", "eu", "zone", "a")),
            with("4", Map.of("plan", "pro", "region", "eu", "zone", "b", "test", "false")),
            with("8", Map.of("plan", "pro", "region", "eu", "zone", "b", "test", "true")),
            with("16", Map.of("plan", "free", "region", "eu", "zone", "b")),
            with("32", Map.of("region", "eu", "zone", "b")),
            with("64", Map.of("plan", "pro")));
    Map<List<String>, List<UsageFact>> groups = Aggregates.groups(meter, facts);
    assertThat(groups.keySet())
        .containsExactly(List.of("", ""), List.of("eu", "a"), List.of("eu", "b"));
    assertThat(groups.values().stream().map(group -> sum(meter, group)))
        .containsExactly("64", "2", "5");
  }

  @Test
  void theOrderOfUsageNeverChangesTheBill() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("AggregatesTest seed " + seed + ", " + cases + " cases");
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      Meter meter =
          meter(
              MeterType.values()[random.nextInt(2)],
              Aggregation.values()[random.nextInt(Aggregation.values().length)]);
      UsageWindow window = window(10, Integer.toString(random.nextInt(20)));
      List<UsageFact> facts = new ArrayList<>();
      for (int k = random.nextInt(8); k > 0; k--) {
        // few hours and few values, so that several records have the same time
        facts.add(
            fact(
                random.nextInt(-2, 12),
                Integer.toString(random.nextInt(5)),
                random.nextBoolean() ? "a" : "b"));
      }
      Consumption before = Aggregates.of(meter, window, facts);
      assertThat(before.quantity().toString())
          .as("seed %d, case %d", seed, i)
          .isEqualTo(hourByHour(meter, window, facts));
      Collections.shuffle(facts, random);
      assertThat(Aggregates.of(meter, window, facts))
          .as("seed %d, case %d: %s", seed, i, meter.aggregation())
          .isEqualTo(before);
    }
  }

  /** Slow and obvious: looks at each hour of the window in turn. */
  private static String hourByHour(Meter meter, UsageWindow window, List<UsageFact> facts) {
    boolean gauge = meter.type() == MeterType.GAUGE;
    int level = window.opening().intValueExact();
    int last = gauge ? level : 0;
    int most = gauge ? level : 0;
    int sum = 0;
    int count = 0;
    int weighted = 0;
    boolean[] seen = new boolean[2];
    for (int hour = 0; hour < 10; hour++) {
      int largest = -1;
      for (UsageFact fact : facts) {
        if (fact.at().equals(START.plus(Duration.ofHours(hour)))) {
          int quantity = fact.quantity().intValueExact();
          largest = Math.max(largest, quantity);
          most = Math.max(most, quantity);
          sum += quantity;
          level += gauge ? 0 : quantity;
          count++;
          seen[fact.properties().get("user").equals("a") ? 0 : 1] = true;
        }
      }
      if (largest >= 0) {
        last = largest;
        level = gauge ? largest : level;
      }
      weighted += level;
    }
    int users = (seen[0] ? 1 : 0) + (seen[1] ? 1 : 0);
    return switch (meter.aggregation()) {
      case SUM -> Integer.toString(sum);
      case MAX -> Integer.toString(most);
      case LAST -> Integer.toString(last);
      case COUNT -> Integer.toString(count);
      case UNIQUE_COUNT -> Integer.toString(users);
      case TIME_WEIGHTED ->
          Fraction.of(BigDecimal.valueOf(weighted)).dividedBy(Fraction.of(10)).toString();
    };
  }

  private static String counter(Aggregation aggregation, List<UsageFact> facts) {
    return Aggregates.of(meter(MeterType.COUNTER, aggregation), TEN_HOURS, facts)
        .quantity()
        .toString();
  }

  private static String gauge(Aggregation aggregation, UsageWindow window, List<UsageFact> facts) {
    return Aggregates.of(meter(MeterType.GAUGE, aggregation), window, facts).quantity().toString();
  }

  private static String sum(Meter meter, List<UsageFact> group) {
    return Aggregates.of(meter, TEN_HOURS, group).quantity().toString();
  }

  private static Meter meter(MeterType type, Aggregation aggregation) {
    return new Meter(
        "calls",
        null,
        null,
        type,
        aggregation,
        aggregation == Aggregation.UNIQUE_COUNT ? "user" : null,
        List.of(),
        List.of(),
        LateUsage.REJECT,
        Prices.flat("1"));
  }

  private static UsageWindow window(int hours, String opening) {
    return new UsageWindow(START, START.plus(Duration.ofHours(hours)), new BigDecimal(opening));
  }

  private static UsageFact fact(int hour, String quantity, String user) {
    return new UsageFact(
        START.plus(Duration.ofHours(hour)),
        new BigDecimal(quantity),
        user == null ? Map.of() : Map.of("user", user));
  }

  private static UsageFact with(String quantity, Map<String, String> properties) {
    return new UsageFact(START, new BigDecimal(quantity), properties);
  }
}
