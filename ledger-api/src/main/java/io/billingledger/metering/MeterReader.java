package io.billingledger.metering;

import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PricingModel;
import io.billingledger.metering.CarriedUsage.Key;
import io.billingledger.metering.SpanRecords.CutOffs;
import io.billingledger.metering.SpanRecords.Statement;
import io.billingledger.rating.Aggregates;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.UsageFact;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsageWindow;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Aggregates the records that belong to a span: in the database what adds up, with the core's own
 * rules what depends on the order in time. A late record counts at the span's first instant; of a
 * level, what was reported late only changes the one that the span begins with.
 */
final class MeterReader {
  private static final Comparator<List<String>> GROUPS =
      Comparator.comparing((List<String> values) -> String.join("\0", values));

  private final JdbcTemplate database;

  MeterReader(JdbcTemplate database) {
    this.database = database;
  }

  /** What one group of records came to. */
  record Use(List<String> group, Consumption used, BigDecimal quantity, long records) {
    MeterUse asMeterUse(Meter meter) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < group.size(); i++) {
        values.put(meter.groupBy().get(i), group.get(i));
      }
      return new MeterUse(meter.metricCode(), values, used, records);
    }
  }

  /**
   * In the order of the groups' values; a meter that groups by nothing has one, also when nothing
   * was used.
   *
   * @param left what was carried to the span; what is carried on from it replaces that
   */
  List<Use> read(UsageSpan span, CutOffs cuts, Meter meter, Map<Key, BigDecimal> left) {
    List<Use> uses =
        switch (meter.aggregation()) {
          case SUM ->
              meter.pricing().model() == PricingModel.PERCENTAGE
                  ? events(span, cuts, meter, left)
                  : added(span, cuts, meter, "sum(f.quantity)", left);
          case COUNT ->
              added(
                  span,
                  cuts,
                  meter,
                  "sum(CASE WHEN f.reverses IS NULL THEN 1 ELSE -1 END)::numeric",
                  left);
          case UNIQUE_COUNT -> different(span, cuts, meter);
          case MAX, LAST, TIME_WEIGHTED -> levels(span, cuts, meter);
        };
    return uses.isEmpty() && meter.groupBy().isEmpty()
        ? List.of(new Use(List.of(), Consumption.of(BigDecimal.ZERO), BigDecimal.ZERO, 0))
        : uses;
  }

  /** What was consumed of a limited metric. */
  Use consumed(
      UsageSpan span, CutOffs cuts, String module, String metric, Map<Key, BigDecimal> left) {
    Statement statement =
        SpanRecords.ofLimit(
            span,
            cuts,
            module,
            metric,
            "SELECT ARRAY[]::text[] AS group_values, coalesce(sum(f.quantity), 0) AS quantity,"
                + " count(*) AS records FROM mine f");
    Sum sum = sums(statement).getFirst();
    return use(new Key(module, metric, List.of()), sum, left);
  }

  private record Sum(List<String> group, BigDecimal quantity, long records) {}

  private List<Use> added(
      UsageSpan span, CutOffs cuts, Meter meter, String sum, Map<Key, BigDecimal> left) {
    List<Object> values = new ArrayList<>();
    String rest =
        "SELECT %s AS group_values, %s AS quantity, count(*) AS records FROM mine f GROUP BY 1"
            .formatted(group(meter, values), sum);
    Map<List<String>, Sum> sums = new TreeMap<>(GROUPS);
    sums(SpanRecords.ofMeter(span, cuts, meter, rest, values))
        .forEach(each -> sums.put(each.group(), each));
    // What was carried for a group that nobody used stays carried.
    return sums.values().stream()
        .map(each -> use(new Key("", meter.metricCode(), each.group()), each, left))
        .toList();
  }

  private static Use use(Key key, Sum sum, Map<Key, BigDecimal> left) {
    BigDecimal carried = left.remove(key);
    BigDecimal quantity = carried == null ? sum.quantity() : sum.quantity().add(carried);
    if (quantity.signum() < 0) {
      left.put(key, quantity);
      quantity = BigDecimal.ZERO;
    }
    return new Use(sum.group(), Consumption.of(quantity), quantity, sum.records());
  }

  /** Single events, in the order of their time; what is taken back is taken off the latest. */
  private List<Use> events(UsageSpan span, CutOffs cuts, Meter meter, Map<Key, BigDecimal> left) {
    Map<List<String>, List<UsageFact>> groups = standing(span, cuts, meter);
    List<Use> uses = new ArrayList<>();
    groups.forEach(
        (group, facts) -> {
          Key key = new Key("", meter.metricCode(), group);
          BigDecimal carried = left.remove(key);
          BigDecimal back = carried == null ? BigDecimal.ZERO : carried.negate();
          List<BigDecimal> events = new ArrayList<>();
          for (UsageFact fact : facts) {
            if (fact.quantity().signum() < 0) {
              back = back.subtract(fact.quantity());
            } else {
              events.add(fact.quantity());
            }
          }
          for (int i = events.size() - 1; i >= 0 && back.signum() > 0; i--) {
            BigDecimal taken = events.get(i).min(back);
            back = back.subtract(taken);
            BigDecimal remains = events.get(i).subtract(taken);
            if (remains.signum() == 0) {
              events.remove(i);
            } else {
              events.set(i, remains);
            }
          }
          if (back.signum() > 0) {
            left.put(key, back.negate());
          }
          Consumption used = Consumption.ofEvents(events);
          uses.add(
              new Use(
                  group,
                  used,
                  events.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                  facts.size()));
        });
    return uses;
  }

  private List<Use> different(UsageSpan span, CutOffs cuts, Meter meter) {
    List<Object> values = new ArrayList<>();
    String group = group(meter, values);
    values.add(meter.aggregationProperty());
    String rest =
        SpanRecords.standing(
                group
                    + " AS group_values, count(DISTINCT coalesce('=' || (f.properties ->> ?), ''))"
                    + "::numeric AS quantity, count(*) AS records")
            + " AND f.reverses IS NULL GROUP BY 1";
    List<Use> uses = new ArrayList<>();
    for (Sum sum : sums(SpanRecords.ofMeter(span, cuts, meter, rest, values))) {
      uses.add(new Use(sum.group(), Consumption.of(sum.quantity()), sum.quantity(), sum.records()));
    }
    uses.sort(Comparator.comparing(Use::group, GROUPS));
    return uses;
  }

  private List<Use> levels(UsageSpan span, CutOffs cuts, Meter meter) {
    boolean level =
        meter.type() == MeterType.GAUGE || meter.aggregation() == Aggregation.TIME_WEIGHTED;
    Map<List<String>, List<UsageFact>> facts =
        level ? inTime(span, cuts, meter) : standing(span, cuts, meter);
    Map<List<String>, BigDecimal> openings = level ? openings(span, cuts, meter) : Map.of();
    TreeSet<List<String>> groups = new TreeSet<>(GROUPS);
    groups.addAll(facts.keySet());
    groups.addAll(openings.keySet());
    List<Use> uses = new ArrayList<>();
    for (List<String> group : groups) {
      List<UsageFact> own = facts.getOrDefault(group, List.of());
      UsageWindow window =
          new UsageWindow(span.from(), span.to(), openings.getOrDefault(group, BigDecimal.ZERO));
      uses.add(new Use(group, Aggregates.of(meter, window, own), null, own.size()));
    }
    return uses;
  }

  /** With the level that a group had when the span began: the last one, or the running total. */
  private Map<List<String>, BigDecimal> openings(UsageSpan span, CutOffs cuts, Meter meter) {
    List<Object> values = new ArrayList<>();
    String group = group(meter, values);
    String rest =
        switch (meter.type()) {
          case GAUGE ->
              SpanRecords.standing(
                      "DISTINCT ON (group_values) "
                          + group
                          + " AS group_values, f.quantity, 0 AS records")
                  + " AND f.reverses IS NULL ORDER BY group_values, f.used_at DESC,"
                  + " f.quantity DESC";
          case COUNTER ->
              "SELECT %s AS group_values, sum(f.quantity) AS quantity, 0 AS records FROM mine f GROUP BY 1"
                  .formatted(group);
        };
    Map<List<String>, BigDecimal> openings = new HashMap<>();
    sums(SpanRecords.ofTime(span, cuts, meter, true, rest, values))
        .forEach(each -> openings.put(each.group(), each.quantity()));
    return openings;
  }

  private Map<List<String>, List<UsageFact>> inTime(UsageSpan span, CutOffs cuts, Meter meter) {
    List<Object> values = new ArrayList<>();
    String rest =
        SpanRecords.standing(group(meter, values) + " AS group_values, f.used_at, f.quantity")
            + " AND f.reverses IS NULL";
    return facts(SpanRecords.ofTime(span, cuts, meter, false, rest, values), span.from());
  }

  private Map<List<String>, List<UsageFact>> standing(UsageSpan span, CutOffs cuts, Meter meter) {
    List<Object> values = new ArrayList<>();
    String rest =
        SpanRecords.standing(group(meter, values) + " AS group_values, f.used_at, f.quantity")
            + " ORDER BY f.used_at, f.quantity, f.position";
    return facts(SpanRecords.ofMeter(span, cuts, meter, rest, values), span.from());
  }

  private Map<List<String>, List<UsageFact>> facts(Statement statement, Instant from) {
    Map<List<String>, List<UsageFact>> groups = new TreeMap<>(GROUPS);
    database.query(
        statement.sql(),
        row -> {
          Instant at = UsageRows.instant(row, "used_at");
          groups
              .computeIfAbsent(group(row), _ -> new ArrayList<>())
              .add(
                  new UsageFact(
                      at.isBefore(from) ? from : at, row.getBigDecimal("quantity"), Map.of()));
        },
        statement.parameters());
    return groups;
  }

  private List<Sum> sums(Statement statement) {
    return database.query(
        statement.sql(),
        (row, _) -> new Sum(group(row), row.getBigDecimal("quantity"), row.getLong("records")),
        statement.parameters());
  }

  private static String group(Meter meter, List<Object> values) {
    List<String> columns = new ArrayList<>();
    for (String property : meter.groupBy()) {
      columns.add("coalesce(f.properties ->> ?, '')");
      values.add(property);
    }
    return columns.isEmpty() ? "ARRAY[]::text[]" : "ARRAY[" + String.join(", ", columns) + "]";
  }

  private static List<String> group(ResultSet row) throws SQLException {
    Array values = row.getArray("group_values");
    return Arrays.asList((String[]) values.getArray());
  }
}
