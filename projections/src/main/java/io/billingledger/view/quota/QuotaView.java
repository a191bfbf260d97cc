package io.billingledger.view.quota;

import io.billingledger.catalog.Enforcement;
import io.billingledger.entitlement.Allowance;
import io.billingledger.entitlement.License;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.tenant.WriteAccess;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a tenant's quota, all of it in one statement, so that it is of one moment. */
public final class QuotaView {
  private static final String QUOTA =
      """
      SELECT r.until_position, t.write_access, t.version AS tenant_version,
        s.subscription_id, s.status, s.version AS subscription_version, s.plan_code, s.plan_version,
        s.cycle_no, s.period_start, s.period_end,
        l.module, l.metric, l.included, l.enforcement, l.overage_unit_price, c.used
      FROM view_quota_rebuild r
      LEFT JOIN view_quota_tenant t ON t.tenant_id = ?
      LEFT JOIN LATERAL (%s) s ON true
      LEFT JOIN view_quota_limit l ON l.plan_code = s.plan_code AND l.plan_version = s.plan_version
      """
          .formatted(subscription("?", "?"));

  private static final String ONE_METRIC = " AND l.module = ? AND l.metric = ?\n";

  private static final String USED =
      """
      LEFT JOIN quota_counter c ON c.subscription_id = s.subscription_id
        AND c.cycle_no = s.cycle_no AND c.module = l.module AND c.metric = l.metric
      """;

  private static final String ALL_METRICS = QUOTA + USED + "ORDER BY l.place";
  private static final String OF_ONE_METRIC = QUOTA + ONE_METRIC + USED;

  private final JdbcClient database;

  public QuotaView(JdbcClient database) {
    this.database = database;
  }

  /**
   * Whose quota is meant, of a tenant and a product (null for none in particular): that product's,
   * else the primary one's, else the newest subscription's.
   */
  public static String subscription(String tenant, String product) {
    return """
    SELECT x.* FROM view_quota_subscription x
      LEFT JOIN view_quota_product p ON p.code = x.product_code
      WHERE x.tenant_id = %s AND x.product_code = coalesce(%s, x.product_code)
      ORDER BY coalesce(p.is_primary, false) DESC, x.status IN ('CANCELED', 'TERMINATED'),
        x.created_position DESC
      LIMIT 1"""
        .formatted(tenant, product);
  }

  /**
   * Every limit of the plan version in force, in its order.
   *
   * @param product null for the primary one
   */
  public Quota of(TenantId tenant, String product) {
    return database
        .sql(ALL_METRICS)
        .params(Arrays.asList(tenant.value(), tenant.value(), product))
        .query(of(tenant));
  }

  /** With one line, or none where the plan version does not have the metric. */
  public Quota of(TenantId tenant, String product, String module, String metric) {
    return database
        .sql(OF_ONE_METRIC)
        .params(Arrays.asList(tenant.value(), tenant.value(), product, module, metric))
        .query(of(tenant));
  }

  /** What a plan version says of a metric, also one that is no longer in force. */
  public Optional<Allowance> limit(String planCode, int planVersion, String module, String metric) {
    return database
        .sql(
            "SELECT module, metric, included, enforcement, overage_unit_price FROM view_quota_limit"
                + " WHERE plan_code = ? AND plan_version = ? AND module = ? AND metric = ?")
        .params(planCode, planVersion, module, metric)
        .query((row, _) -> allowance(row))
        .optional();
  }

  /** A rebuild has passed the position: the view may be trusted again. */
  public void trustedSince(long position) {
    database
        .sql("UPDATE view_quota_rebuild SET until_position = NULL WHERE until_position = ?")
        .param(position)
        .update();
  }

  private static ResultSetExtractor<Quota> of(TenantId tenant) {
    return rows -> read(tenant, rows);
  }

  private static Quota read(TenantId tenant, ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new IllegalStateException("the quota view lacks its mark of rebuilds");
    }
    Long untilPosition = rows.getObject("until_position", Long.class);
    String access = rows.getString("write_access");
    String status = rows.getString("status");
    License license =
        new License(
            tenant,
            access == null ? WriteAccess.READ_ONLY : WriteAccess.valueOf(access),
            status == null ? null : SubscriptionStatus.valueOf(status));
    Long tenantVersion = rows.getObject("tenant_version", Long.class);
    Quota.Subscribed subscription = status == null ? null : subscription(rows);
    List<Quota.Line> lines = new ArrayList<>();
    do {
      if (rows.getString("module") != null) {
        BigDecimal used = rows.getBigDecimal("used");
        lines.add(new Quota.Line(allowance(rows), used == null ? BigDecimal.ZERO : used));
      }
    } while (rows.next());
    return new Quota(
        license,
        tenantVersion,
        subscription,
        List.copyOf(lines),
        untilPosition == null ? OptionalLong.empty() : OptionalLong.of(untilPosition));
  }

  private static Quota.Subscribed subscription(ResultSet row) throws SQLException {
    return new Quota.Subscribed(
        new SubscriptionId(row.getString("subscription_id")),
        row.getLong("subscription_version"),
        row.getString("plan_code"),
        row.getInt("plan_version"),
        row.getInt("cycle_no"),
        row.getObject("period_start", LocalDate.class),
        row.getObject("period_end", LocalDate.class));
  }

  private static Allowance allowance(ResultSet row) throws SQLException {
    return new Allowance(
        row.getString("module"),
        row.getString("metric"),
        row.getBigDecimal("included"),
        Enforcement.valueOf(row.getString("enforcement")),
        row.getBigDecimal("overage_unit_price"));
  }
}
