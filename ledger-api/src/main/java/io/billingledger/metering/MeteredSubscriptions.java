package io.billingledger.metering;

import io.billingledger.catalog.Meter;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.usage.Metered;
import io.billingledger.view.RowJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tenant's subscriptions as usage sees them. The closings are exact for whoever holds the fence
 * ({@link UsageStore#begin}); the rest is as the views have it.
 */
public final class MeteredSubscriptions {
  private record Version(String planCode, int number) {}

  private final JdbcTemplate database;
  private final Map<Version, List<Meter>> meters = new ConcurrentHashMap<>();

  public MeteredSubscriptions(JdbcTemplate database) {
    this.database = database;
  }

  private record Span(BigDecimal from, BigDecimal to, List<String> metrics) {
    Metered.Rebilled rebilled() {
      return new Metered.Rebilled(
          Instant.ofEpochSecond(from.longValue()), Instant.ofEpochSecond(to.longValue()), metrics);
    }
  }

  /** Spans begin and end with days, so at whole seconds. */
  private static List<Metered.Rebilled> rebilled(String json) {
    return json == null
        ? List.of()
        : RowJson.read(json, Span.class).stream().map(Span::rebilled).toList();
  }

  /** The newest first. */
  public List<Metered> of(TenantId tenant) {
    return database.query(
        """
        SELECT s.subscription_id, s.product_code, s.plan_code, s.plan_version, s.ended_at,
          coalesce(p.is_primary, false) AS is_primary, v.meters,
          (SELECT max(c.to_at) FROM usage_closing c WHERE c.subscription_id = s.subscription_id)
            AS closed_to,
          (SELECT json_agg(json_build_object('from', extract(epoch FROM c.from_at),
              'to', extract(epoch FROM c.to_at), 'metrics', c.rebilled) ORDER BY c.to_at)
            FROM usage_closing c
            WHERE c.subscription_id = s.subscription_id AND c.rebilled <> '{}') AS rebilled
        FROM view_subscription s
        LEFT JOIN view_product p ON p.code = s.product_code
        LEFT JOIN view_plan l ON l.code = s.plan_code
        LEFT JOIN view_plan_version v ON v.plan_id = l.plan_id AND v.number = s.plan_version
        WHERE s.tenant_id = ? ORDER BY s.created_position DESC""",
        (row, _) -> {
          String json = row.getString("meters");
          OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
          OffsetDateTime closed = row.getObject("closed_to", OffsetDateTime.class);
          return new Metered(
              new SubscriptionId(row.getString("subscription_id")),
              row.getString("product_code"),
              row.getBoolean("is_primary"),
              ended == null ? null : ended.toInstant(),
              json == null
                  ? List.of()
                  : meters.computeIfAbsent(
                      new Version(row.getString("plan_code"), row.getInt("plan_version")),
                      _ -> RowJson.read(json, Meter.class)),
              closed == null ? null : closed.toInstant(),
              rebilled(row.getString("rebilled")));
        },
        tenant.value());
  }
}
