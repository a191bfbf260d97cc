package io.billingledger.run;

import io.billingledger.run.Checks.Question;
import java.util.List;

/**
 * What a reconciliation asks of usage: everything that was accepted is counted on a line, or it is
 * declared late, taken back or not charged for.
 */
final class UsageChecks {

  static final String ACCEPTED = "usage-accepted-is-rated-late-or-rejected";

  static final List<Question> ALL =
      List.of(
          // A span that was closed for an invoice that is waived has no line, and is free. One that
          // is billed again has lines where it changed. A record that came late for a span that is
          // billed again waits for that, or was counted; any other belongs to the next span. What
          // no
          // subscription took waits for a span with a meter for it.
          new Question(
              ACCEPTED,
              """
              WITH line AS (
                SELECT line ->> 'subscription_id' AS subscription_id, (line ->> 'cycle_no')::integer AS cycle_no,
                  line ->> 'metric_code' AS charged_for,
                  (line -> 'usage' ->> 'closed_at')::timestamptz AS counted_at,
                  (line -> 'usage' -> 'period' ->> 'end')::date AS to_day,
                  sum((line -> 'usage' ->> 'records')::bigint) AS records,
                  -- What adds up is a decimal; nothing else is compared.
                  sum(CASE WHEN line -> 'usage' ->> 'quantity' NOT LIKE '%/%'
                    THEN (line -> 'usage' ->> 'quantity')::numeric END) AS quantity
                FROM view_invoice i CROSS JOIN LATERAL json_array_elements(i.lines::json) line
                WHERE {i.tenant_id} AND i.closed_as IS DISTINCT FROM 'VOID' AND i.lines LIKE '%"closed_at"%'
                  AND line -> 'usage' ->> 'model' IS NOT NULL
                GROUP BY 1, 2, 3, 4, 5)
              SELECT concat_ws('/', n.subscription_id,
                  (n.to_at AT TIME ZONE s.zone)::date, n.charged_for) AS id,
                n.tenant_id, NULL::text AS currency, NULL::numeric AS amount,
                concat_ws('/', n.records, coalesce(l.records, 0), n.quantity, l.quantity) AS mark
              FROM usage_count n
              JOIN usage_closing c ON c.subscription_id = n.subscription_id AND c.to_at = n.to_at
              JOIN view_subscription s ON s.subscription_id = n.subscription_id
              LEFT JOIN line l ON l.subscription_id = n.subscription_id
                AND l.cycle_no = c.cycle_no AND l.charged_for = n.charged_for
                AND l.counted_at = n.counted_at AND l.to_day = (n.to_at AT TIME ZONE s.zone)::date
              WHERE {n.tenant_id} AND (n.records <> coalesce(l.records, 0)
                  OR l.quantity IS NOT NULL AND n.quantity <> l.quantity)
                AND (l.records IS NOT NULL OR n.counted_at = c.closed_at AND NOT EXISTS (
                  SELECT FROM invoice_cycle w WHERE w.tenant_id = n.tenant_id
                    AND w.subscription_id = n.subscription_id
                    AND w.issued_at = c.closed_at AND w.closed_as = 'VOID'))
              UNION ALL
              SELECT f.id, f.tenant_id, NULL, NULL, 'late'
              FROM usage_fact f
              WHERE {f.tenant_id} AND f.rebill_to IS NOT NULL
                AND NOT EXISTS (
                  SELECT FROM usage_recount r WHERE r.subscription_id = f.subscription_id
                    AND r.to_at = f.rebill_to AND r.cut_off > f.position)
                AND NOT EXISTS (
                  SELECT FROM usage_rebill_due d WHERE d.subscription_id = f.subscription_id
                    AND d.to_at = f.rebill_to)
              UNION ALL
              SELECT f.id, f.tenant_id, NULL, NULL, 'unassigned'
              FROM usage_fact f
              WHERE {f.tenant_id} AND f.subscription_id IS NULL
                AND NOT EXISTS (SELECT FROM usage_assigned a WHERE a.position = f.position)
                AND EXISTS (
                  SELECT FROM usage_closing c
                  JOIN view_subscription s ON s.subscription_id = c.subscription_id
                  JOIN view_plan l ON l.code = c.plan_code
                  JOIN view_plan_version v
                    ON v.plan_id = l.plan_id AND v.number = c.plan_version
                  CROSS JOIN LATERAL json_array_elements(v.meters::json) m
                  WHERE c.tenant_id = f.tenant_id AND c.cut_off > f.position
                    AND c.to_at > f.used_at AND m ->> 'metric_code' = f.metric
                    AND (f.product_code IS NULL OR f.product_code = s.product_code)
                    AND f.used_at >= (SELECT min(b.from_at) FROM usage_closing b
                      WHERE b.subscription_id = c.subscription_id))
              """));

  private UsageChecks() {}
}
