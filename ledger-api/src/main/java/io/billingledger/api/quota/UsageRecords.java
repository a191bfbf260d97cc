package io.billingledger.api.quota;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.quota.Quota;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The records of usage and the counters of their sums. A counter changes only in the transaction of
 * the record that it counts, so both always say the same.
 */
final class UsageRecords {
  static final String FIELDS =
      "r.id, r.tenant_id, r.subscription_id, r.cycle_no, r.plan_code, r.plan_version, r.module,"
          + " r.metric, r.quantity, r.overage, r.recorded_at, r.actor, r.idempotency_key,"
          + " r.reverses, r.digest";

  private static final String COUNTER =
      " WHERE subscription_id = ? AND cycle_no = ? AND module = ? AND metric = ?";

  private final JdbcClient database;

  UsageRecords(JdbcClient database) {
    this.database = database;
  }

  /** A record, and the one that takes it back, if there is one. */
  record Found(UsageRecord usage, Optional<UsageId> reversedBy) {}

  /**
   * Counts the quantity if it fits, and keeps the counter's row until the transaction ends. Holds
   * the quota's rows against their versions: a hold or a turn that was seen since is respected.
   *
   * @return what is used with it; empty if it did not fit, or the quota is not as it was
   */
  Optional<BigDecimal> count(Quota quota, Quota.Line line, BigDecimal quantity) {
    BigDecimal ceiling = line.allowance().ceiling().orElse(null);
    return database
        .sql(
            """
            INSERT INTO quota_counter AS c
              (subscription_id, cycle_no, module, metric, tenant_id, used)
            SELECT s.subscription_id, s.cycle_no, ?, ?, s.tenant_id, ?
            FROM view_quota_subscription s JOIN view_quota_tenant t ON t.tenant_id = s.tenant_id
            WHERE s.subscription_id = ? AND s.version = ? AND t.version = ?
              AND ? <= coalesce(?, ?)
            ON CONFLICT (subscription_id, cycle_no, module, metric)
            DO UPDATE SET used = c.used + excluded.used
              WHERE c.used + excluded.used <= coalesce(?, c.used + excluded.used)
            RETURNING c.used""")
        .params(
            Arrays.asList(
                line.allowance().module(),
                line.allowance().metric(),
                quantity,
                quota.subscription().id().value(),
                quota.subscription().version(),
                quota.tenantVersion(),
                quantity,
                ceiling,
                quantity,
                ceiling))
        .query(BigDecimal.class)
        .optional();
  }

  /** What is used in a consumption's cycle; keeps the counter's row until the transaction ends. */
  BigDecimal lock(UsageRecord consumption) {
    return database
        .sql("SELECT used FROM quota_counter" + COUNTER + " FOR UPDATE")
        .params(
            consumption.subscriptionId().value(),
            consumption.cycleNo(),
            consumption.module(),
            consumption.metric())
        .query(BigDecimal.class)
        .single();
  }

  /** Takes a consumption off its cycle's counter. */
  void uncount(UsageRecord consumption) {
    database
        .sql("UPDATE quota_counter SET used = used - ?" + COUNTER)
        .params(
            consumption.quantity(),
            consumption.subscriptionId().value(),
            consumption.cycleNo(),
            consumption.module(),
            consumption.metric())
        .update();
  }

  /**
   * @return false if it takes back what was taken back already
   */
  boolean add(UsageRecord record) {
    return database
            .sql(
                """
                INSERT INTO usage_record (id, tenant_id, subscription_id, cycle_no, plan_code,
                  plan_version, module, metric, quantity, overage, recorded_at, actor,
                  idempotency_key, reverses, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, reverses) WHERE reverses IS NOT NULL DO NOTHING""")
            .params(
                Arrays.asList(
                    record.id().value(),
                    record.tenantId().value(),
                    record.subscriptionId().value(),
                    record.cycleNo(),
                    record.planCode(),
                    record.planVersion(),
                    record.module(),
                    record.metric(),
                    record.quantity(),
                    record.overage(),
                    record.recordedAt().atOffset(ZoneOffset.UTC),
                    record.actor().name(),
                    record.idempotencyKey(),
                    record.reverses() == null ? null : record.reverses().value(),
                    record.digest()))
            .update()
        == 1;
  }

  Optional<Found> find(TenantId tenant, UsageId id) {
    return database
        .sql(
            "SELECT "
                + FIELDS
                + ", x.id AS reversed_by FROM usage_record r"
                + " LEFT JOIN usage_record x ON x.tenant_id = r.tenant_id AND x.reverses = r.id"
                + " WHERE r.tenant_id = ? AND r.id = ?")
        .params(tenant.value(), id.value())
        .query(
            (row, _) ->
                new Found(
                    record(row),
                    Optional.ofNullable(row.getString("reversed_by")).map(UsageId::new)))
        .optional();
  }

  static UsageRecord record(ResultSet row) throws SQLException {
    String reverses = row.getString("reverses");
    return new UsageRecord(
        new UsageId(row.getString("id")),
        new TenantId(row.getString("tenant_id")),
        new SubscriptionId(row.getString("subscription_id")),
        row.getInt("cycle_no"),
        row.getString("plan_code"),
        row.getInt("plan_version"),
        row.getString("module"),
        row.getString("metric"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("overage"),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        new Actor(row.getString("actor")),
        row.getString("idempotency_key"),
        reverses == null ? null : new UsageId(reverses));
  }
}
