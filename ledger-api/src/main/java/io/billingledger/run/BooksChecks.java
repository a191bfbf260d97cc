package io.billingledger.run;

import io.billingledger.run.Checks.Question;
import java.util.List;

/** What a reconciliation asks of the books and of what stands behind them. */
final class BooksChecks {

  /** With the days that are asked about. */
  private static final String SUMS =
      """
      SELECT concat_ws('/', coalesce(s.account, p.account), coalesce(s.detail, p.detail),
          coalesce(s.accounting_date, p.accounting_date)) AS id, NULL::text AS tenant_id,
        coalesce(s.currency_code, p.currency_code) AS currency,
        coalesce(s.net, 0) - coalesce(p.net, 0) AS amount,
        concat_ws('/', s.net, p.net) AS mark
      FROM (SELECT account, detail, currency_code, accounting_date, sum(debit - credit) AS net
          FROM view_journal_sum WHERE %1$s GROUP BY 1, 2, 3, 4) s
      FULL JOIN (SELECT account, detail, currency_code, accounting_date, sum(amount) AS net
          FROM view_journal_posting WHERE %1$s GROUP BY 1, 2, 3, 4) p
        USING (account, detail, currency_code, accounting_date)
      WHERE coalesce(s.net, 0) <> coalesce(p.net, 0)
      """;

  static final List<Question> ALL =
      List.of(
          // What stands deferred of an invoice is what its schedule has, and what all schedules
          // have recognised is what the books say was earned.
          new Question(
              "deferred-and-recognised-equal-invoiced",
              """
              SELECT coalesce(r.invoice_id, j.invoice_id) AS id,
                coalesce(r.tenant_id, j.tenant_id) AS tenant_id,
                coalesce(r.currency_code, j.currency_code) AS currency,
                coalesce(j.amount, 0) - coalesce(r.amount, 0) AS amount,
                concat_ws('/', j.amount, r.amount) AS mark
              FROM (SELECT invoice_id, currency_code, min(tenant_id) AS tenant_id,
                  sum(amount) AS amount FROM view_revenue_line WHERE {tenant_id} GROUP BY 1, 2) r
              FULL JOIN (
                SELECT e.invoice_id, p.currency_code, min(e.tenant_id) AS tenant_id,
                  -sum(p.amount) AS amount
                FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
                WHERE p.account = 'DEFERRED_REVENUE' AND {p.tenant_id}
                  AND e.invoice_id IS NOT NULL
                GROUP BY 1, 2) j
                ON j.invoice_id = r.invoice_id AND j.currency_code = r.currency_code
              WHERE coalesce(j.amount, 0) <> coalesce(r.amount, 0)
              UNION ALL
              SELECT coalesce(r.tenant_id, j.tenant_id), coalesce(r.tenant_id, j.tenant_id),
                coalesce(r.currency_code, j.currency_code),
                coalesce(j.amount, 0) - coalesce(r.amount, 0), concat_ws('/', j.amount, r.amount)
              FROM (SELECT tenant_id, currency_code, sum(recognised) AS amount
                  FROM view_revenue_line WHERE {tenant_id} GROUP BY 1, 2) r
              FULL JOIN (
                SELECT p.tenant_id, p.currency_code, sum(p.amount) AS amount
                FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
                WHERE p.account = 'DEFERRED_REVENUE' AND {p.tenant_id}
                  AND e.cause_type = 'revenue.recognised'
                GROUP BY 1, 2) j
                ON j.tenant_id = r.tenant_id AND j.currency_code = r.currency_code
              WHERE coalesce(j.amount, 0) <> coalesce(r.amount, 0)
              """),
          // What a person books about an invoice, such as the bank's charges, is beside its money.
          new Question(
              "cash-equals-payments-less-refunds",
              """
              SELECT i.invoice_id AS id, i.tenant_id, i.currency_code AS currency,
                coalesce(j.amount, 0) - (paid.amount - back.amount) AS amount,
                concat_ws('/', j.amount, paid.amount, back.amount) AS mark
              FROM view_invoice i
              CROSS JOIN LATERAL (
                SELECT coalesce(sum((payment -> 'amount' ->> 'amount')::numeric), 0) AS amount
                FROM json_array_elements(i.payments::json) AS payment) paid
              CROSS JOIN LATERAL (
                SELECT coalesce(sum((n.note::json -> 'total' ->> 'amount')::numeric), 0) AS amount
                FROM view_credit_note n
                WHERE n.invoice_id = i.invoice_id AND n.reversed_at IS NULL
                  AND n.note::json ->> 'type' = 'REFUND') back
              LEFT JOIN (
                SELECT e.invoice_id, sum(p.amount) AS amount
                FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
                WHERE p.account = 'CASH' AND {p.tenant_id} AND e.invoice_id IS NOT NULL
                  AND e.cause_type <> 'manual-entry.approved' GROUP BY 1) j
                ON j.invoice_id = i.invoice_id
              WHERE {i.tenant_id} AND coalesce(j.amount, 0) <> paid.amount - back.amount
              """),
          new Question(
              "customer-credit-equals-balances",
              """
              SELECT coalesce(c.tenant_id, j.tenant_id) AS id,
                coalesce(c.tenant_id, j.tenant_id) AS tenant_id,
                coalesce(c.currency_code, j.currency_code) AS currency,
                coalesce(j.amount, 0) - coalesce(c.balance, 0) AS amount,
                concat_ws('/', j.amount, c.balance) AS mark
              FROM (SELECT DISTINCT ON (credit_id, currency_code) tenant_id, currency_code, balance
                  FROM view_credit_movement WHERE {tenant_id}
                  ORDER BY credit_id, currency_code, sequence DESC) c
              FULL JOIN (
                SELECT tenant_id, currency_code, -sum(amount) AS amount FROM view_journal_posting
                WHERE account = 'CUSTOMER_CREDIT' AND {tenant_id} GROUP BY 1, 2) j
                ON j.tenant_id = c.tenant_id AND j.currency_code = c.currency_code
              WHERE coalesce(j.amount, 0) <> coalesce(c.balance, 0)
              """),
          new Question(
              "unapplied-credit-not-negative",
              """
              SELECT tenant_id AS id, tenant_id, currency_code AS currency, balance AS amount,
                balance::text AS mark
              FROM (SELECT DISTINCT ON (credit_id, currency_code) tenant_id, currency_code, balance
                  FROM view_credit_movement WHERE {tenant_id}
                  ORDER BY credit_id, currency_code, sequence DESC) c
              WHERE balance < 0
              """),
          // A number is the last part; the others name the series, which begins at 1.
          new Question(
              "series-complete",
              """
              SELECT series AS id, NULL::text AS tenant_id, NULL::text AS currency,
                NULL::numeric AS amount, concat_ws('/', count(*), max(number)) AS mark
              FROM (
                SELECT regexp_replace(invoice_number, '-[0-9]+$', '') AS series,
                  substring(invoice_number FROM '[0-9]+$')::bigint AS number FROM view_invoice
                UNION ALL
                SELECT regexp_replace(credit_note_number, '-[0-9]+$', ''),
                  substring(credit_note_number FROM '[0-9]+$')::bigint FROM view_credit_note
              ) AS numbered
              GROUP BY series HAVING min(number) <> 1 OR count(*) <> max(number)
                OR count(DISTINCT number) <> count(*)
              """,
              """
              WITH fresh AS (
                SELECT invoice_number AS number FROM view_invoice WHERE created_position > :since
                UNION ALL
                SELECT credit_note_number FROM view_credit_note WHERE created_position > :since),
              part AS (
                SELECT number, regexp_replace(number, '-[0-9]+$', '') AS series,
                  substring(number FROM '[0-9]+$')::bigint - 1 AS before FROM fresh),
              place AS (
                SELECT *, series || '-' || lpad(before::text, greatest(6, length(before::text)), '0')
                  AS number_before FROM part)
              SELECT series AS id, NULL::text AS tenant_id, NULL::text AS currency,
                NULL::numeric AS amount, number AS mark
              FROM place p
              WHERE (SELECT count(*) FROM view_invoice i WHERE i.invoice_number = p.number) > 1
                OR before > 0
                  AND NOT EXISTS (
                    SELECT FROM view_invoice i WHERE i.invoice_number = p.number_before)
                  AND NOT EXISTS (
                    SELECT FROM view_credit_note n WHERE n.credit_note_number = p.number_before)
              """),
          new Question(
              "one-open-cycle",
              """
              SELECT s.subscription_id AS id, s.tenant_id, NULL::text AS currency,
                NULL::numeric AS amount, count(c.cycle_no)::text AS mark
              FROM view_subscription s
              LEFT JOIN view_subscription_cycle c ON c.subscription_id = s.subscription_id
                AND c.started_at IS NOT NULL AND c.closed_at IS NULL
              WHERE {s.tenant_id} AND s.status IN ('TRIALING', 'ACTIVE', 'PAST_DUE', 'SUSPENDED')
              GROUP BY s.subscription_id, s.tenant_id HAVING count(c.cycle_no) <> 1
              """),
          new Question(
              "suspensions-have-a-cause",
              """
              SELECT coalesce(hold ->> 'key', t.tenant_id) AS id, t.tenant_id,
                NULL::text AS currency, NULL::numeric AS amount,
                concat_ws('/', hold ->> 'kind', hold ->> 'since') AS mark
              FROM view_tenant t CROSS JOIN LATERAL json_array_elements(t.holds::json) AS hold
              WHERE {t.tenant_id} AND t.holds <> '[]' AND CASE hold ->> 'kind'
                WHEN 'DUNNING' THEN hold ->> 'invoice_id' IS NULL
                WHEN 'MANUAL' THEN coalesce(hold ->> 'reason', '') = ''
                  OR coalesce(hold ->> 'placed_by', '') = ''
                ELSE false END
              """),
          new Question(
              "gateway-money-settled",
              """
              SELECT detail AS id, NULL::text AS tenant_id, currency_code AS currency,
                sum(debit) - sum(credit) AS amount, (sum(debit) - sum(credit))::text AS mark
              FROM view_journal_sum WHERE account = 'CLEARING'
              GROUP BY detail, currency_code HAVING sum(debit) <> sum(credit)
              """),
          new Question(
              "no-parked-events",
              """
              SELECT processing_group || '/' || sequence AS id,
                CASE WHEN sequence LIKE 'ten\\_%' THEN sequence END AS tenant_id,
                NULL::text AS currency, NULL::numeric AS amount,
                min(event_identifier) AS mark
              FROM dead_letters GROUP BY processing_group, sequence
              """),
          // The sums that balances are read from are those of the postings.
          new Question(
              "sums-equal-postings",
              SUMS.formatted("true"),
              SUMS.formatted(
                  "accounting_date IN (SELECT e.accounting_date FROM view_journal_entry e"
                      + " WHERE e.position > :since)")));

  private BooksChecks() {}
}
