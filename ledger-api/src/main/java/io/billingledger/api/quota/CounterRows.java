package io.billingledger.api.quota;

import io.billingledger.usage.UsageRecord;
import io.billingledger.view.quota.Quota;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The counters of what cycles used. A counter changes only in the transaction of the record that it
 * counts, so both always say the same.
 */
final class CounterRows {
  private static final String COUNTER =
      " WHERE subscription_id = ? AND cycle_no = ? AND module = ? AND metric = ?";

  private final JdbcClient database;

  CounterRows(JdbcClient database) {
    this.database = database;
  }

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
            consumption.counted().cycleNo(),
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
            consumption.counted().cycleNo(),
            consumption.module(),
            consumption.metric())
        .update();
  }
}
