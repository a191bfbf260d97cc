package io.billingledger.api.quota;

import io.billingledger.entitlement.Allowance;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.quota.Quota;
import io.billingledger.view.quota.QuotaView;
import io.billingledger.wiring.Columns;
import io.billingledger.wiring.GroupTransactions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Counts the consumptions of several callers, of whatever tenants, and adds their records in one
 * statement. It waits for nobody for long.
 */
final class CountedTogether {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** How often the statement asks for the time. */
  private static final int TIMES = 5;

  /** A counter with more decimals is left out: so the driver knows how long an answer can be. */
  private static final int SCALE = 20;

  /** The counter's row is taken before the record's place, as where they are taken one by one. */
  private static final String COUNT_AND_ADD =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[],
          ?::text[], ?::numeric[], ?::numeric[], ?::text[], ?::bytea[], ?::text[], ?::text[],
          ?::text[], ?::integer[]) WITH ORDINALITY AS g
          (tenant_id, tenant_version, product_code, subscription_id, subscription_version, module,
           metric, quantity, most, id, digest, actor, idempotency_key, plan_code, plan_version,
           place)),
      allowed AS (
        SELECT g.*, s.cycle_no
        FROM given g CROSS JOIN view_quota_rebuild r
        JOIN view_quota_tenant t ON t.tenant_id = g.tenant_id AND t.version = g.tenant_version
        CROSS JOIN LATERAL (%s) s
        WHERE r.until_position IS NULL
          AND s.subscription_id = g.subscription_id AND s.version = g.subscription_version
          AND NOT EXISTS (SELECT FROM usage_key u WHERE u.id = g.id)),
      asked AS (
        SELECT subscription_id, cycle_no, module, metric, sum(quantity) AS quantity,
          min(most) AS most
        FROM allowed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4),
      counted AS (
        UPDATE quota_counter c SET used = c.used + a.quantity
        FROM asked a
        WHERE c.subscription_id = a.subscription_id AND c.cycle_no = a.cycle_no
          AND c.module = a.module AND c.metric = a.metric
          AND c.used + a.quantity <= coalesce(a.most, c.used + a.quantity)
          AND scale(c.used + a.quantity) <= %s AND (%s) IS NOT TRUE
        RETURNING c.subscription_id, c.cycle_no, c.module, c.metric, c.used),
      placed AS (
        SELECT a.*, c.used, usage_next_single(a.tenant_id) AS position
        FROM counted c JOIN allowed a USING (subscription_id, cycle_no, module, metric)),
      known AS (
        INSERT INTO usage_key (id, tenant_id, digest, position, recorded_at)
        SELECT id, tenant_id, digest, position, ?::timestamptz FROM placed ORDER BY id),
      added AS (
        INSERT INTO usage_fact (tenant_id, position, id, recorded_at, actor, idempotency_key,
          subscription_id, named, module, metric, quantity, used_at, cycle_no, plan_code,
          plan_version, overage, single, late)
        SELECT p.tenant_id, p.position, p.id, ?::timestamptz, p.actor, p.idempotency_key,
          p.subscription_id, false, p.module, p.metric, p.quantity, ?::timestamptz, p.cycle_no,
          p.plan_code, p.plan_version, 0, true,
          EXISTS (SELECT FROM usage_closing c WHERE c.subscription_id = p.subscription_id
            AND c.from_at <= ?::timestamptz AND c.to_at > ?::timestamptz)
        FROM placed p)
      SELECT place, used::numeric(60, %s) AS used FROM placed"""
          .formatted(
              QuotaView.subscription("g.tenant_id", "g.product_code"),
              SCALE,
              Allowance.WARNED_AT.stream()
                  .map(CountedTogether::reaches)
                  .collect(Collectors.joining(" OR ")),
              SCALE);

  private static final String MESSAGE = GroupTransactions.first(COUNT_AND_ADD, PATIENCE);

  private CountedTogether() {}

  private static String reaches(int percent) {
    return "c.used * 100 < a.most * %1$d AND (c.used + a.quantity) * 100 >= a.most * %1$d"
        .formatted(percent);
  }

  /**
   * What somebody asks for.
   *
   * @param product that was asked for; null for the primary one
   * @param quota as it was when it was read
   */
  record Asked(UsageRecord record, String product, Quota quota) {
    Allowance allowance() {
      return quota.lines().getFirst().allowance();
    }
  }

  /**
   * The first statement of a transaction.
   *
   * @param asked all at the same time
   * @return what is used with each, in their order; empty for whom nothing was counted
   * @throws SQLException also when a key has become known meanwhile; then nothing was counted
   */
  static List<Optional<BigDecimal>> count(Connection connection, List<Asked> asked)
      throws SQLException {
    BigDecimal[] reached = reached(connection, asked);
    List<Optional<BigDecimal>> used = new ArrayList<>();
    // The counter says what is used with all of the group: the last of them gets that.
    Map<Object, BigDecimal> after = new HashMap<>();
    for (int i = reached.length - 1; i >= 0; i--) {
      UsageRecord record = asked.get(i).record();
      if (reached[i] == null) {
        used.add(Optional.empty());
      } else {
        Object counter = List.of(record.subscriptionId(), record.module(), record.metric());
        BigDecimal with = after.getOrDefault(counter, reached[i]);
        after.put(counter, with.subtract(record.quantity()));
        used.add(Optional.of(with));
      }
    }
    return used.reversed();
  }

  private static BigDecimal[] reached(Connection connection, List<Asked> asked)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MESSAGE)) {
      Columns<Asked> columns = new Columns<>(connection, statement, asked);
      columns.texts(each -> each.record().tenantId().value());
      columns.of("bigint", each -> each.quota().tenantVersion());
      columns.texts(Asked::product);
      columns.texts(each -> each.record().subscriptionId().value());
      columns.of("bigint", each -> each.quota().subscription().version());
      columns.texts(each -> each.record().module());
      columns.texts(each -> each.record().metric());
      columns.of("numeric", each -> each.record().quantity());
      columns.of("numeric", each -> each.allowance().limit());
      columns.texts(each -> each.record().id().value());
      columns.bytes(each -> each.record().digest());
      columns.texts(each -> each.record().actor().name());
      columns.texts(each -> each.record().idempotencyKey());
      columns.texts(each -> each.record().counted().planCode());
      columns.of("integer", each -> each.record().counted().planVersion());
      for (int time = 0; time < TIMES; time++) {
        columns.value(asked.getFirst().record().recordedAt().toString());
      }
      statement.execute();
      statement.getMoreResults(); // the first are the settings
      BigDecimal[] reached = new BigDecimal[asked.size()];
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          reached[rows.getInt("place") - 1] = Decimals.tidy(rows.getBigDecimal("used"));
        }
      }
      return reached;
    }
  }
}
