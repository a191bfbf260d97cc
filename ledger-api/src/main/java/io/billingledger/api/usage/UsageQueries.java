package io.billingledger.api.usage;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.usage.UsageResource.Fate;
import io.billingledger.api.usage.UsageResource.State;
import io.billingledger.catalog.Meter;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.MeteredSubscriptions;
import io.billingledger.metering.UsageRows;
import io.billingledger.metering.UsageSpans;
import io.billingledger.usage.Metered;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection.UsageUnknown;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds usage and sums it up. Whose it is, the scope of the request decides. */
@Component
class UsageQueries {
  private static final String RECORDS =
      "SELECT "
          + UsageRows.FIELDS
          + """
          , x.id AS reversed_by, x.position AS reversed_position, y.id AS replaced_by,
            o.position AS taken_position, EXISTS (
              SELECT FROM usage_closing b WHERE b.subscription_id = f.subscription_id
                AND b.to_at > f.used_at AND b.cut_off > o.position AND b.cut_off < f.position)
              AS closed_between, EXISTS (
              SELECT FROM usage_recount n WHERE n.subscription_id = f.subscription_id
                AND n.to_at = f.rebill_to AND n.cut_off > coalesce(o.position, f.position)
                AND n.cut_off < coalesce(x.position, f.position))
              AS recounted_between, f.rebill_to IS NOT NULL AS rebilled, NOT f.late AND f.used_at < (
              SELECT max(e.to_at) FROM usage_closing e WHERE e.subscription_id = f.subscription_id)
              AS passed, c.subscription_id AS closed_for, c.from_at, c.to_at, c.cut_off, c.closed_at,
            c.cycle_no AS closed_cycle
          FROM usage_fact f
          LEFT JOIN usage_fact x ON x.tenant_id = f.tenant_id AND x.reverses = f.id
          LEFT JOIN usage_fact y ON y.tenant_id = f.tenant_id AND y.replaces = f.id
          LEFT JOIN usage_key o ON o.id = f.reverses
          LEFT JOIN\s"""
          + UsageSpans.OF_RECORD
          + " ON true ";

  private final JdbcClient database;
  private final MeteredSubscriptions subscriptions;
  private final RatedLines lines;

  UsageQueries(JdbcClient database, MeteredSubscriptions subscriptions, RatedLines lines) {
    this.database = database;
    this.subscriptions = subscriptions;
    this.lines = lines;
  }

  /** Which records are asked for; null is any. The times are those of use. */
  record Filter(
      TenantId tenant, String metric, SubscriptionId subscription, Instant from, Instant to) {

    private String where() {
      return "f.tenant_id = :tenant"
          + (metric == null ? "" : " AND f.metric = :metric")
          + (subscription == null ? "" : " AND f.subscription_id = :subscription")
          + (from == null ? "" : " AND f.used_at >= :from::timestamptz")
          + (to == null ? "" : " AND f.used_at < :to::timestamptz");
    }

    private JdbcClient.StatementSpec set(JdbcClient.StatementSpec statement) {
      JdbcClient.StatementSpec set = statement.param("tenant", tenant.value());
      set = metric == null ? set : set.param("metric", metric);
      set = subscription == null ? set : set.param("subscription", subscription.value());
      set = from == null ? set : set.param("from", from.toString());
      return to == null ? set : set.param("to", to.toString());
    }
  }

  /** The latest accepted first. */
  Page<UsageResource> list(Filter filter, Paging paging) {
    Cursor below = paging.newestFirst();
    List<Metered> metered = subscriptions.of(filter.tenant());
    List<Row> rows =
        filter
            .set(
                database.sql(
                    RECORDS
                        + " WHERE "
                        + filter.where()
                        + " AND f.position < :below ORDER BY f.position DESC LIMIT :most"))
            .param("below", below.position())
            .param("most", paging.fetch())
            .query((row, _) -> new Row(row.getLong("position"), resource(row, metered)))
            .list();
    return paging
        .page(rows, row -> new Cursor(row.position(), row.usage().id().value()))
        .map(Row::usage);
  }

  private record Row(long position, UsageResource usage) {}

  UsageResource get(TenantId tenant, UsageId id) {
    List<Metered> metered = subscriptions.of(tenant);
    return database
        .sql(
            RECORDS
                + " JOIN usage_key k ON k.tenant_id = f.tenant_id AND k.position = f.position"
                + " AND k.recorded_at = f.recorded_at WHERE k.id = ? AND k.tenant_id = ?")
        .params(id.value(), tenant.value())
        .query((row, _) -> resource(row, metered))
        .optional()
        .orElseThrow(() -> new Rejected(new UsageUnknown(id)));
  }

  /** What was used in a piece of time; corrections are in it with their sign. */
  record Piece(Instant from, Instant to, BigDecimal quantity, long records) {}

  /** By pieces of time as they are in the zone, those without usage left out. */
  List<Piece> sums(Filter filter, String unit, ZoneId zone, int most) {
    return filter
        .set(
            database.sql(
                """
                SELECT piece, (piece AT TIME ZONE :zone + :unit_interval::interval)
                  AT TIME ZONE :zone AS next_piece, quantity, records
                FROM (
                  SELECT date_trunc(:unit, f.used_at, :zone) AS piece, sum(f.quantity) AS quantity,
                    count(*) AS records
                  FROM usage_fact f WHERE %s GROUP BY 1) pieces
                ORDER BY piece LIMIT :most"""
                    .formatted(filter.where())))
        .param("zone", zone.getId())
        .param("unit", unit)
        .param("unit_interval", "1 " + unit)
        .param("most", most)
        .query(
            (row, _) ->
                new Piece(
                    instant(row, "piece"),
                    instant(row, "next_piece"),
                    row.getBigDecimal("quantity").stripTrailingZeros(),
                    row.getLong("records")))
        .list();
  }

  /**
   * A metric that is charged for, or was reported.
   *
   * @param meters of the tenant's subscriptions; none where nothing charges for it
   * @param lastUsedAt the latest use on record, null if there is none
   */
  record Metric(String metric, List<MeterOf> meters, Instant lastUsedAt) {}

  record MeterOf(
      SubscriptionId subscriptionId,
      String productCode,
      String name,
      String description,
      io.billingledger.catalog.MeterType type,
      io.billingledger.catalog.Aggregation aggregation) {}

  /**
   * In the order of their codes. Steps over the index, so that the number of records is no matter.
   */
  List<Metric> metrics(TenantId tenant) {
    Map<String, Instant> used = new TreeMap<>();
    database
        .sql(
            """
            WITH RECURSIVE seen AS (
              SELECT (SELECT min(metric) FROM usage_fact WHERE tenant_id = :tenant) AS metric
              UNION ALL
              SELECT (SELECT min(f.metric) FROM usage_fact f
                WHERE f.tenant_id = :tenant AND f.metric > seen.metric)
              FROM seen WHERE seen.metric IS NOT NULL)
            SELECT metric, (SELECT max(used_at) FROM usage_fact f
              WHERE f.tenant_id = :tenant AND f.metric = seen.metric) AS last_used_at
            FROM seen WHERE metric IS NOT NULL""")
        .param("tenant", tenant.value())
        .query(
            row -> {
              used.put(row.getString("metric"), instant(row, "last_used_at"));
            });
    Map<String, List<MeterOf>> meters = new TreeMap<>();
    used.keySet().forEach(metric -> meters.put(metric, new ArrayList<>()));
    for (Metered subscription : subscriptions.of(tenant)) {
      for (Meter meter : subscription.meters()) {
        meters
            .computeIfAbsent(meter.metricCode(), _ -> new ArrayList<>())
            .add(
                new MeterOf(
                    subscription.id(),
                    subscription.productCode(),
                    meter.name(),
                    meter.description(),
                    meter.type(),
                    meter.aggregation()));
      }
    }
    return meters.entrySet().stream()
        .map(metric -> new Metric(metric.getKey(), metric.getValue(), used.get(metric.getKey())))
        .toList();
  }

  private UsageResource resource(ResultSet row, List<Metered> metered) throws SQLException {
    UsageRecord usage = UsageRows.record(row);
    return UsageResource.of(
        usage, id(row, "reversed_by"), id(row, "replaced_by"), fate(usage, row, metered));
  }

  private Fate fate(UsageRecord usage, ResultSet row, List<Metered> metered) throws SQLException {
    Long cutOff = row.getObject("cut_off", Long.class);
    if (canceledOut(row, cutOff)) {
      return Fate.open(
          State.CANCELED_OUT, "It was taken back in its own period, so neither counts.");
    }
    if (cutOff != null) {
      return lines.fate(
          usage,
          row.getBoolean("rebilled") ? row.getLong("position") : null,
          new UsageSpans.Closed(
              new SubscriptionId(row.getString("closed_for")),
              row.getInt("closed_cycle"),
              instant(row, "from_at"),
              instant(row, "to_at"),
              cutOff,
              instant(row, "closed_at")));
    }
    if (row.getBoolean("passed")) {
      return Fate.open(
          State.NOT_CHARGED, "No period that bills usage covers the time at which it was used.");
    }
    if (usage.subscriptionId() == null) {
      return Fate.open(
          State.UNASSIGNED,
          "The tenant has no subscription that takes it; the next period that is closed may.");
    }
    boolean charged =
        usage.counted() != null
            || metered.stream()
                .filter(each -> each.id().equals(usage.subscriptionId()))
                .anyMatch(each -> each.meter(usage.metric()).isPresent());
    return Fate.open(
        State.PENDING,
        charged
            ? "Its period is open."
            : "Its period is open; the plan has no meter for " + usage.metric() + " so far.");
  }

  /** A pair of which the closing, or a further count of the span, saw both, or none yet. */
  private static boolean canceledOut(ResultSet row, Long cutOff) throws SQLException {
    Long reversal = row.getObject("reversed_position", Long.class);
    if (reversal != null) {
      return cutOff == null
          || reversal < cutOff
          || row.getBoolean("rebilled") && !row.getBoolean("recounted_between");
    }
    return row.getObject("taken_position") != null
        && !row.getBoolean("closed_between")
        && !row.getBoolean("recounted_between");
  }

  private static UsageId id(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : new UsageId(text);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
