package io.billingledger.metering;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRecord;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How a record stands in its row. */
public final class UsageRows {
  /** The columns that {@link #record} reads, of the table called {@code f}. */
  public static final String FIELDS =
      "f.position, f.id, f.tenant_id, f.idempotency_key, f.subscription_id, f.named,"
          + " f.product_code, f.module, f.metric, f.quantity, f.used_at, f.properties, f.reverses,"
          + " f.replaces, f.cycle_no, f.plan_code, f.plan_version, f.overage, f.recorded_at,"
          + " f.actor";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private UsageRows() {}

  public static UsageRecord record(ResultSet row) throws SQLException {
    String subscription = row.getString("subscription_id");
    Integer cycle = row.getObject("cycle_no", Integer.class);
    return new UsageRecord(
        new UsageId(row.getString("id")),
        new TenantId(row.getString("tenant_id")),
        row.getString("idempotency_key"),
        subscription == null ? null : new SubscriptionId(subscription),
        row.getBoolean("named"),
        row.getString("product_code"),
        row.getString("module"),
        row.getString("metric"),
        row.getBigDecimal("quantity"),
        instant(row, "used_at"),
        properties(row.getString("properties")),
        id(row.getString("reverses")),
        id(row.getString("replaces")),
        cycle == null
            ? null
            : new UsageRecord.Counted(
                cycle,
                row.getString("plan_code"),
                row.getInt("plan_version"),
                row.getBigDecimal("overage")),
        instant(row, "recorded_at"),
        new Actor(row.getString("actor")));
  }

  /** Null where there are none; sorted, so that the same properties are the same text. */
  static String properties(Map<String, String> properties) {
    return properties.isEmpty() ? null : JSON.writeValueAsString(new TreeMap<>(properties));
  }

  static Map<String, String> properties(String json) {
    return json == null ? Map.of() : JSON.readValue(json, TEXTS);
  }

  static String number(BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static UsageId id(String text) {
    return text == null ? null : new UsageId(text);
  }
}
