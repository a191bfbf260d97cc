package io.billingledger.api.quota;

import io.billingledger.kernel.Rejected;
import io.billingledger.metering.UsageStore;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection.KeyConflict;
import io.billingledger.view.quota.Quota;
import io.billingledger.view.quota.QuotaView;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts a consumption and adds its record in one statement. The counter's row is taken before the
 * record's place, as where they are taken one after the other, so that nobody waits crosswise.
 */
final class CountedRecords {
  private static final String COUNT_AND_ADD =
      """
      WITH given AS (
        SELECT ?::numeric AS quantity, ?::numeric AS most, ?::text AS id, ?::timestamptz AS at),
      allowed AS (
        SELECT s.subscription_id, s.cycle_no, s.tenant_id
        FROM view_quota_rebuild r CROSS JOIN view_quota_tenant t
        CROSS JOIN LATERAL (%s) s
        WHERE r.until_position IS NULL AND t.tenant_id = ? AND t.version = ?
          AND s.subscription_id = ? AND s.version = ?),
      counted AS (
        INSERT INTO quota_counter AS c
          (subscription_id, cycle_no, module, metric, tenant_id, used)
        SELECT a.subscription_id, a.cycle_no, ?, ?, a.tenant_id, g.quantity
        FROM allowed a CROSS JOIN given g WHERE g.quantity <= coalesce(g.most, g.quantity)
        ON CONFLICT (subscription_id, cycle_no, module, metric)
        DO UPDATE SET used = c.used + excluded.used
          WHERE c.used + excluded.used <= coalesce(?, c.used + excluded.used)
        RETURNING c.used, c.tenant_id, c.subscription_id, c.cycle_no, c.module, c.metric),
      place AS (SELECT *, usage_next_single(tenant_id) AS position FROM counted),
      known AS (
        INSERT INTO usage_key (id, tenant_id, digest, position, recorded_at)
        SELECT g.id, p.tenant_id, ?, p.position, g.at FROM place p CROSS JOIN given g
        ON CONFLICT DO NOTHING RETURNING position),
      added AS (
        INSERT INTO usage_fact (tenant_id, position, id, recorded_at, actor, idempotency_key,
          subscription_id, named, module, metric, quantity, used_at, cycle_no, plan_code,
          plan_version, overage, single, late)
        SELECT p.tenant_id, p.position, g.id, g.at, ?, ?, p.subscription_id, false, p.module,
          p.metric, g.quantity, g.at, p.cycle_no, ?, ?, 0, true,
          EXISTS (SELECT FROM usage_closing c WHERE c.subscription_id = p.subscription_id
            AND c.from_at <= g.at AND c.to_at > g.at)
        FROM place p JOIN known k ON k.position = p.position CROSS JOIN given g
        RETURNING position)
      SELECT p.used, (SELECT count(*) FROM added) AS added FROM place p"""
          .formatted(QuotaView.SUBSCRIPTION);

  private final JdbcTemplate database;
  private final UsageStore records;

  CountedRecords(JdbcTemplate database, UsageStore records) {
    this.database = database;
    this.records = records;
  }

  /**
   * @param product that was asked for; null for the primary one
   * @param quota as it was when it was read
   * @param most that may be used; null where that is not limited
   * @return what is used with it; empty if it is more than that, or the quota is not as it was:
   *     then nothing has changed
   * @throws Rejected {@code usage.key-conflict}
   */
  Optional<BigDecimal> within(UsageRecord record, String product, Quota quota, BigDecimal most) {
    records.makePart(record.recordedAt());
    return database
        .query(
            COUNT_AND_ADD,
            (row, _) -> {
              if (row.getInt("added") == 0) {
                throw new Rejected(new KeyConflict(record.idempotencyKey(), record.id()));
              }
              return row.getBigDecimal("used");
            },
            record.quantity(),
            most,
            record.id().value(),
            record.recordedAt().toString(),
            record.tenantId().value(),
            product,
            record.tenantId().value(),
            quota.tenantVersion(),
            record.subscriptionId().value(),
            quota.subscription().version(),
            record.module(),
            record.metric(),
            most,
            record.digest(),
            record.actor().name(),
            record.idempotencyKey(),
            record.counted().planCode(),
            record.counted().planVersion())
        .stream()
        .findFirst();
  }
}
