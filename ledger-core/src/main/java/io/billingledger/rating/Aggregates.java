package io.billingledger.rating;

import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.money.Fraction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How records become a quantity. The order in which they are given never matters: they are taken by
 * their time, and of several at one time the largest last.
 */
public final class Aggregates {
  private static final Comparator<UsageFact> BY_TIME =
      Comparator.comparing(UsageFact::at).thenComparing(UsageFact::quantity);

  private Aggregates() {}

  /**
   * The records that the meter counts, by the values of the properties it groups by; a record that
   * lacks one has an empty value there. A meter that groups by nothing has one group.
   *
   * @return in the order of the values, so that the same usage always gives the same lines
   */
  public static Map<List<String>, List<UsageFact>> groups(Meter meter, List<UsageFact> facts) {
    Map<List<String>, List<UsageFact>> groups =
        new TreeMap<>(Comparator.comparing((List<String> values) -> String.join("\0", values)));
    for (UsageFact fact : facts) {
      if (meter.counts(fact.properties())) {
        List<String> values =
            meter.groupBy().stream()
                .map(property -> fact.properties().getOrDefault(property, ""))
                .toList();
        groups.computeIfAbsent(values, _ -> new ArrayList<>()).add(fact);
      }
    }
    return groups;
  }

  /** What was used by one group of records in the window; records outside it do not count. */
  public static Consumption of(Meter meter, UsageWindow window, List<UsageFact> group) {
    List<UsageFact> facts =
        group.stream().filter(fact -> window.contains(fact.at())).sorted(BY_TIME).toList();
    List<BigDecimal> events = facts.stream().map(UsageFact::quantity).toList();
    return switch (meter.aggregation()) {
      case SUM -> Consumption.ofEvents(events);
      case MAX -> quantity(levels(meter, window, events).max(Comparator.naturalOrder()));
      case LAST -> quantity(levels(meter, window, events).reduce((_, later) -> later));
      case COUNT -> Consumption.of(BigDecimal.valueOf(facts.size()));
      case UNIQUE_COUNT ->
          Consumption.of(BigDecimal.valueOf(different(facts, meter.aggregationProperty())));
      case TIME_WEIGHTED -> new Consumption(average(meter.type(), window, facts), List.of());
    };
  }

  /** The records that lack the property count as one more value, so that none is unbilled. */
  private static long different(List<UsageFact> facts, String property) {
    return facts.stream()
        .map(fact -> Optional.ofNullable(fact.properties().get(property)))
        .distinct()
        .count();
  }

  /** A gauge keeps its level until the next one is reported; a counter begins with nothing. */
  private static Stream<BigDecimal> levels(
      Meter meter, UsageWindow window, List<BigDecimal> reported) {
    return switch (meter.type()) {
      case GAUGE -> Stream.concat(Stream.of(window.opening()), reported.stream());
      case COUNTER -> reported.stream();
    };
  }

  private static Fraction average(MeterType type, UsageWindow window, List<UsageFact> facts) {
    BigDecimal level = window.opening();
    BigDecimal weighted = BigDecimal.ZERO;
    Instant since = window.start();
    for (UsageFact fact : facts) {
      weighted = weighted.add(level.multiply(seconds(Duration.between(since, fact.at()))));
      since = fact.at();
      level =
          switch (type) {
            case GAUGE -> fact.quantity();
            case COUNTER -> level.add(fact.quantity());
          };
    }
    weighted = weighted.add(level.multiply(seconds(Duration.between(since, window.end()))));
    return Fraction.of(weighted).dividedBy(Fraction.of(seconds(window.length())));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }

  private static Consumption quantity(Optional<BigDecimal> quantity) {
    return Consumption.of(quantity.orElse(BigDecimal.ZERO));
  }
}
