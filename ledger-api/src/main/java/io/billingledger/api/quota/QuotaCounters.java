package io.billingledger.api.quota;

import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Holds the counters against the records that they count, and makes them again. Works on what the
 * thread's scope sees: one tenant, or all.
 */
public final class QuotaCounters {
  private static final String RECORDED =
      """
      SELECT tenant_id, subscription_id, cycle_no, module, metric, sum(quantity) AS used
      FROM usage_fact WHERE cycle_no IS NOT NULL
      GROUP BY tenant_id, subscription_id, cycle_no, module, metric
      """;

  private final JdbcClient database;
  private final TransactionOperations transactions;

  public QuotaCounters(JdbcClient database, TransactionOperations transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /**
   * @param counted what the counter says; null if there is none
   * @param recorded what the records sum up to; null if there are none
   */
  public record Difference(
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      String module,
      String metric,
      BigDecimal counted,
      BigDecimal recorded) {}

  /** Counters that do not say what their records do; consumptions may go on meanwhile. */
  public List<Difference> differences() {
    return transactions.execute(
        _ ->
            database
                .sql(
                    """
                    SELECT tenant_id, subscription_id, cycle_no, module, metric,
                      c.used AS counted, r.used AS recorded
                    FROM quota_counter c
                    FULL JOIN (%s) r USING (tenant_id, subscription_id, cycle_no, module, metric)
                    WHERE c.used IS DISTINCT FROM r.used
                    ORDER BY tenant_id, subscription_id, cycle_no, module, metric"""
                        .formatted(RECORDED))
                .query(
                    (row, _) ->
                        new Difference(
                            new TenantId(row.getString("tenant_id")),
                            new SubscriptionId(row.getString("subscription_id")),
                            row.getInt("cycle_no"),
                            row.getString("module"),
                            row.getString("metric"),
                            row.getBigDecimal("counted"),
                            row.getBigDecimal("recorded")))
                .list());
  }

  /**
   * Makes every counter that is in scope from the records again. Consumptions wait until it is
   * done.
   *
   * @return how many were wrong
   */
  public int rebuild() {
    return transactions.execute(
        _ -> {
          database.sql("LOCK TABLE quota_counter IN SHARE ROW EXCLUSIVE MODE").update();
          int wrong = differences().size();
          database.sql("DELETE FROM quota_counter").update();
          database
              .sql(
                  "INSERT INTO quota_counter"
                      + " (tenant_id, subscription_id, cycle_no, module, metric, used) "
                      + RECORDED)
              .update();
          return wrong;
        });
  }
}
