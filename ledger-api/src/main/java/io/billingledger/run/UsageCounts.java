package io.billingledger.run;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the accepted records of closed spans of usage, by what the plan charges for, from the
 * records and the plan alone: a second way beside the one that bills them. What is below a cut-off
 * never changes, so a span is counted once; a run counts all of them again, and so finds records
 * that were changed behind everybody's back.
 *
 * <p>What nothing charges for is not counted: metrics without a meter, records that a meter's
 * filters leave out, trials without a balance. Each such record says so itself.
 */
final class UsageCounts {
  private static final String COUNT =
      """
      INSERT INTO usage_count AS known (tenant_id, subscription_id, to_at, counted_at, charged_for,
        records, quantity)
      WITH counted AS (
        SELECT c.*, c.closed_at AS counted_at, NULL::bigint AS again_below FROM usage_closing c
        UNION ALL
        SELECT c.*, r.counted_at, r.cut_off
        FROM usage_recount r JOIN usage_closing c USING (tenant_id, subscription_id, to_at)),
      charging AS (
        SELECT s.*, v.plan_id, v.number, v.meters,
          (SELECT b.cut_off FROM usage_closing b WHERE b.subscription_id = s.subscription_id
            AND b.to_at <= s.from_at ORDER BY b.to_at DESC LIMIT 1) AS late_from,
          (SELECT b.to_at FROM usage_closing b WHERE b.subscription_id = s.subscription_id
            AND b.to_at <= s.from_at ORDER BY b.to_at DESC LIMIT 1) AS before_to
        FROM counted s
        LEFT JOIN view_subscription_cycle y
          ON y.subscription_id = s.subscription_id AND y.cycle_no = s.cycle_no
        JOIN view_plan l ON l.code = coalesce(s.plan_code, y.plan_code)
        JOIN view_plan_version v
          ON v.plan_id = l.plan_id AND v.number = coalesce(s.plan_version, y.plan_version)
        WHERE (s.cycle_no > 0 OR v.trial_balance IS NOT NULL)
          AND {s.tenant_id} AND (:again OR NOT EXISTS (
            SELECT FROM usage_count k WHERE k.subscription_id = s.subscription_id
              AND k.to_at = s.to_at AND k.counted_at = s.counted_at))),
      charge AS (
        SELECT s.*, m ->> 'metric_code' AS metric, NULL::text AS module,
          m ->> 'metric_code' AS charged_for, m -> 'filters' AS filters, CASE
            WHEN m ->> 'aggregation' IN ('SUM', 'COUNT')
              AND m -> 'pricing' ->> 'model' <> 'PERCENTAGE' THEN m ->> 'aggregation'
            WHEN m ->> 'aggregation' = 'UNIQUE_COUNT' THEN 'VALUES'
            WHEN m ->> 'type' = 'GAUGE' OR m ->> 'aggregation' = 'TIME_WEIGHTED' THEN 'LEVEL'
            ELSE 'EVENTS' END AS way
        FROM charging s CROSS JOIN LATERAL json_array_elements(s.meters::json) m
        UNION ALL
        SELECT s.*, k.metric, k.module, k.module || '/' || k.metric, '[]'::json, 'SUM'
        FROM charging s
        JOIN view_plan_limit k ON k.plan_id = s.plan_id AND k.number = s.number
        WHERE k.enforcement = 'OVERAGE_CHARGE' AND k.included IS NOT NULL
          AND k.overage_unit_price IS NOT NULL)
      SELECT g.tenant_id, g.subscription_id, g.to_at, g.counted_at, g.charged_for, n.records,
        -- What corrections took back beyond the use came from the span before, or goes on.
        CASE WHEN g.again_below IS NULL AND g.way IN ('SUM', 'COUNT') THEN n.quantity
          + coalesce((SELECT sum(b.quantity) FROM usage_carried b
              WHERE b.subscription_id = g.subscription_id AND b.to_at = g.before_to
                AND b.module = coalesce(g.module, '') AND b.metric = g.metric), 0)
          - coalesce((SELECT sum(b.quantity) FROM usage_carried b
              WHERE b.subscription_id = g.subscription_id AND b.to_at = g.to_at
                AND b.module = coalesce(g.module, '') AND b.metric = g.metric), 0) END
      FROM charge g
      CROSS JOIN LATERAL (
        WITH mine AS (
          SELECT f.* FROM usage_fact f
          WHERE f.tenant_id = g.tenant_id AND f.metric = g.metric
            AND f.subscription_id = g.subscription_id AND NOT f.late
            AND f.used_at >= g.from_at AND f.used_at < g.to_at AND f.position < g.cut_off
          UNION ALL
          SELECT f.* FROM usage_fact f
          WHERE f.tenant_id = g.tenant_id AND f.metric = g.metric
            AND f.subscription_id = g.subscription_id AND f.late AND f.rebill_to IS NULL
            AND f.position >= g.late_from AND f.position < g.cut_off
          UNION ALL
          SELECT f.* FROM usage_fact f
          WHERE f.tenant_id = g.tenant_id AND f.metric = g.metric
            AND f.subscription_id = g.subscription_id AND f.rebill_to = g.to_at
            AND f.position < g.again_below
          UNION ALL
          SELECT f.* FROM usage_assigned a
          JOIN usage_fact f ON f.tenant_id = a.tenant_id AND f.position = a.position
          WHERE a.subscription_id = g.subscription_id AND a.to_at = g.to_at
            AND f.metric = g.metric),
        matching AS (
          SELECT f.* FROM mine f
          WHERE (g.module IS NULL OR f.module = g.module) AND NOT EXISTS (
            SELECT FROM json_array_elements(g.filters) x
            WHERE coalesce(x ->> 'exclude', 'false')::boolean = coalesce(
              f.properties ->> (x ->> 'property')
                IN (SELECT json_array_elements_text(x -> 'values')), false)))
        SELECT count(*) AS records, coalesce(sum(CASE WHEN g.way = 'SUM' THEN f.quantity
          WHEN f.reverses IS NULL THEN 1 ELSE -1 END), 0) AS quantity
        FROM matching f
        WHERE g.way IN ('SUM', 'COUNT')
          -- Where records do not simply add up, two that cancel out are none.
          OR NOT EXISTS (SELECT FROM matching r WHERE r.reverses = f.id)
            AND NOT EXISTS (SELECT FROM matching o WHERE o.id = f.reverses)
            AND (g.way = 'EVENTS' OR f.reverses IS NULL)
            AND (g.way <> 'LEVEL' OR f.used_at >= g.from_at)) n
      ON CONFLICT (subscription_id, to_at, counted_at, charged_for) DO UPDATE
        SET records = excluded.records, quantity = excluded.quantity
        WHERE (known.records, known.quantity)
          IS DISTINCT FROM (excluded.records, excluded.quantity)""";

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;

  UsageCounts(JdbcTemplate database, TransactionTemplate transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /** What was closed, or counted again, since the last time. */
  void follow(Reach reach) {
    count(reach, false);
  }

  /** Everything from the beginning. */
  void again(Reach reach) {
    count(reach, true);
  }

  private void count(Reach reach, boolean again) {
    Map<String, Object> parameters = new HashMap<>(reach.parameters());
    parameters.put("again", again);
    transaction.executeWithoutResult(
        _ -> new NamedParameterJdbcTemplate(database).update(reach.of(COUNT), parameters));
  }
}
