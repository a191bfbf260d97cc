package io.billingledger.run;

import java.util.List;
import java.util.stream.Stream;

/** What a reconciliation asks of the views; each question answers what is broken. */
final class Checks {

  /**
   * @param query answers id, tenant_id, currency, amount and mark; may ask for what is true {@code
   *     :as_of} a time. A column in braces is where only some tenants are asked about ({@link
   *     Reach}); a query without one is about the whole ledger
   * @param recent the same about what came {@code :since} a position, where that is cheaper than
   *     the whole; else null
   */
  record Question(String name, String query, String recent) {
    Question(String name, String query) {
      this(name, query, null);
    }

    boolean ofTenants() {
      return Reach.limits(query);
    }
  }

  static final String REBUILD = "views-equal-rebuild";

  /** Of every record of usage against its digest, and of every batch against its seal. */
  static final String USAGE = "usage-digests";

  /** Of those who follow the events. */
  static final String LAG = "views-and-sagas-follow";

  /** Of every closed month's digest against its entries. */
  static final String PERIODS = "closed-period-digests";

  private static final List<Question> BILLING =
      List.of(
          new Question(
              "trial-balance-zero",
              """
              SELECT entry_id AS id, min(tenant_id) AS tenant_id, currency_code AS currency,
                sum(amount) AS amount, '' AS mark
              FROM view_journal_posting WHERE posted_at <= :as_of AND {tenant_id}
              GROUP BY entry_id, currency_code HAVING sum(amount) <> 0
              """),
          new Question(
              "receivable-equals-open-invoices",
              """
              SELECT coalesce(i.invoice_id, j.invoice_id) AS id,
                coalesce(i.tenant_id, j.tenant_id) AS tenant_id,
                coalesce(i.currency_code, j.currency_code) AS currency,
                coalesce(j.amount, 0) - coalesce(i.amount_due, 0) AS amount,
                concat_ws('/', j.amount, i.amount_due) AS mark
              FROM (SELECT * FROM view_invoice WHERE {tenant_id}) i
              FULL JOIN (
                SELECT e.invoice_id, p.currency_code, min(e.tenant_id) AS tenant_id,
                  sum(p.amount) AS amount
                FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
                WHERE p.account = 'RECEIVABLE' AND {p.tenant_id} GROUP BY e.invoice_id, p.currency_code) j
                ON j.invoice_id = i.invoice_id AND j.currency_code = i.currency_code
              WHERE coalesce(j.amount, 0) <> coalesce(i.amount_due, 0)
              """),
          new Question(
              "total-equals-lines-minus-discount-plus-tax",
              """
              SELECT invoice_id AS id, tenant_id, currency_code AS currency,
                total - (l.net - discount_total + t.tax) AS amount,
                concat_ws('/', total, subtotal, discount_total, tax_total, l.net, t.tax) AS mark
              FROM view_invoice
              CROSS JOIN LATERAL (
                SELECT coalesce(sum((line -> 'amount' ->> 'amount')::numeric), 0) AS net
                FROM json_array_elements(lines::json) AS line) l
              CROSS JOIN LATERAL (
                SELECT coalesce(sum((line -> 'amount' ->> 'amount')::numeric), 0) AS tax
                FROM json_array_elements(taxes::json) AS line) t
              WHERE {tenant_id} AND (total <> l.net - discount_total + t.tax OR subtotal <> l.net
                OR tax_total <> t.tax)
              """),
          // A void invoice keeps its total as a document and asks for nothing.
          new Question(
              "amount-due-equals-total-minus-credited-paid-written-off",
              """
              SELECT invoice_id AS id, tenant_id, currency_code AS currency,
                amount_due - wanted AS amount, concat_ws('/', amount_due, wanted) AS mark
              FROM view_invoice
              CROSS JOIN LATERAL (
                SELECT CASE WHEN closed_as = 'VOID' THEN 0 ELSE total END
                  - amount_credited - amount_paid - amount_written_off AS wanted) AS sums
              WHERE {tenant_id} AND amount_due <> wanted
              """),
          // After a local midnight the scheduler needs a while for everybody who is due then.
          new Question(
              "renewals-due-and-missing",
              """
              SELECT subscription_id AS id, tenant_id, NULL::text AS currency,
                NULL::numeric AS amount, due_on::text AS mark
              FROM ledger_subscriptions_due(:as_of::timestamptz - interval '10 minutes')
              WHERE step IN ('RENEW', 'BILL') AND {tenant_id}
              """),
          // A waived cycle is settled and has a void invoice. One that ended with its subscription
          // before its invoice was asked for has none.
          new Question(
              "ended-cycles-without-invoice",
              """
              SELECT c.subscription_id || '/' || c.cycle_no AS id, c.tenant_id,
                NULL::text AS currency, NULL::numeric AS amount, c.invoice_id AS mark
              FROM view_subscription_cycle c
              JOIN view_subscription s ON s.subscription_id = c.subscription_id
              WHERE {s.tenant_id} AND c.cycle_no >= 1 AND c.started_at IS NOT NULL
                AND c.period_end <= (:as_of::timestamptz AT TIME ZONE s.zone)::date
                AND (c.invoice_id IS NOT NULL OR s.ended_at IS NULL OR c.cycle_no < s.cycle_no)
                AND NOT EXISTS (
                  SELECT FROM invoice_cycle i
                  WHERE i.tenant_id = c.tenant_id
                    AND i.subscription_id = c.subscription_id AND i.cycle_no = c.cycle_no
                    AND i.reason NOT IN ('FINAL_USAGE', 'CHANGE', 'REBILL')
                    AND (i.closed_as IS DISTINCT FROM 'VOID' OR c.settled))
              """),
          new Question(
              "more-than-one-invoice-for-a-cycle",
              """
              SELECT subscription_id || '/' || cycle_no AS id, min(tenant_id) AS tenant_id,
                currency_code AS currency, sum(total) - max(total) AS amount,
                string_agg(invoice_id, ' ' ORDER BY invoice_id) AS mark
              FROM invoice_cycle
              WHERE {tenant_id} AND closed_as IS DISTINCT FROM 'VOID'
                AND reason NOT IN ('FINAL_USAGE', 'CHANGE', 'REBILL')
              GROUP BY subscription_id, cycle_no, currency_code HAVING count(*) > 1
              """),
          new Question(
              "dunning-holds-without-overdue-invoice",
              """
              SELECT coalesce(hold ->> 'invoice_id', hold ->> 'key') AS id, t.tenant_id,
                NULL::text AS currency, NULL::numeric AS amount, hold ->> 'since' AS mark
              FROM view_tenant t CROSS JOIN LATERAL json_array_elements(t.holds::json) AS hold
              WHERE {t.tenant_id} AND t.holds <> '[]' AND hold ->> 'kind' = 'DUNNING' AND NOT EXISTS (
                SELECT FROM view_invoice i
                WHERE i.invoice_id = hold ->> 'invoice_id' AND i.closed_as IS NULL
                  AND i.due_at <= greatest(:as_of::timestamptz, (hold ->> 'since')::timestamptz))
              """));

  static final List<Question> ALL =
      Stream.of(BILLING, BooksChecks.ALL, UsageChecks.ALL).flatMap(List::stream).toList();

  private Checks() {}
}
