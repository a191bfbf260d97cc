package io.billingledger.metering;

import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.UsageSpan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What corrections took back beyond what was used in a span. It counts in the next one that uses
 * the same, and is carried on until then.
 */
final class CarriedUsage {
  private final JdbcTemplate database;

  CarriedUsage(JdbcTemplate database) {
    this.database = database;
  }

  /**
   * @param module of a limit; empty for a meter
   * @param group the values of the properties that the meter groups by
   */
  record Key(String module, String metric, List<String> group) {}

  /** What the span that ended then left, each below zero. */
  Map<Key, BigDecimal> from(SubscriptionId subscription, Instant to) {
    Map<Key, BigDecimal> carried = new HashMap<>();
    database.query(
        "SELECT module, metric, group_values, quantity FROM usage_carried"
            + " WHERE subscription_id = ? AND to_at = ?::timestamptz",
        row -> {
          carried.put(
              new Key(
                  row.getString("module"),
                  row.getString("metric"),
                  Arrays.asList((String[]) row.getArray("group_values").getArray())),
              row.getBigDecimal("quantity"));
        },
        subscription.value(),
        to.toString());
    return carried;
  }

  void keep(UsageSpan span, Map<Key, BigDecimal> left) {
    left.forEach(
        (key, quantity) ->
            database.update(
                "INSERT INTO usage_carried (tenant_id, subscription_id, to_at, module, metric,"
                    + " group_values, quantity) VALUES (?, ?, ?::timestamptz, ?, ?, ?, ?)",
                span.tenantId().value(),
                span.subscriptionId().value(),
                span.to().toString(),
                key.module(),
                key.metric(),
                key.group().toArray(String[]::new),
                quantity));
  }
}
