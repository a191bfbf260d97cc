package io.billingledger.view.report;

import io.billingledger.journal.Account;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The questions behind the reports. Days are accounting days, both ends included. */
final class ReportQueries {
  private ReportQueries() {}

  /** The order of the accounts, and their numbers. */
  private static final String KINDS =
      Arrays.stream(Account.values())
          .map(a -> "('" + a + "', '" + a.number() + "', " + a.ordinal() + ")")
          .collect(Collectors.joining(", ", "(VALUES ", ") AS kind (account, number, place)"));

  /** What the chart says of an account on the last day; what nobody named has its kind's number. */
  private static final String CHART =
      """
      LEFT JOIN LATERAL (
        SELECT c.number, c.name FROM view_chart_account c
        WHERE c.legal_entity_id = :entity AND c.account = s.account AND c.detail = s.detail
          AND c.named_on <= :to::date
        ORDER BY c.sequence DESC LIMIT 1) AS chart ON true""";

  private static final String NUMBER =
      "coalesce(chart.number, kind.number || CASE WHEN s.detail = '' THEN '' ELSE '-' || s.detail"
          + " END)";

  static final String TRIAL_BALANCE =
      """
      SELECT %s, s.account, s.detail, coalesce(chart.name, ''), s.currency_code,
        s.debits, s.credits, greatest(s.debits - s.credits, 0), greatest(s.credits - s.debits, 0)
      FROM (SELECT account, detail, currency_code, sum(debit) AS debits, sum(credit) AS credits
        FROM view_journal_sum WHERE legal_entity_id = :entity AND accounting_date <= :to::date
        GROUP BY account, detail, currency_code) s
      JOIN %s ON kind.account = s.account
      %s
      ORDER BY s.currency_code, kind.place, s.detail"""
          .formatted(NUMBER, KINDS, CHART);

  static final String ACCOUNT_STATEMENT =
      """
      WITH opening AS (
        SELECT currency_code, sum(debit) - sum(credit) AS balance FROM view_journal_sum
        WHERE legal_entity_id = :entity AND account = :account
          AND (:detail::text IS NULL OR detail = :detail) AND accounting_date < :from::date
        GROUP BY currency_code)
      SELECT day, entry_id, cause_type, tenant_id, invoice_number, detail, currency_code,
        greatest(amount, 0), greatest(-amount, 0), balance
      FROM (
        SELECT :from::date AS day, NULL AS entry_id, 'opening' AS cause_type, NULL AS tenant_id,
          NULL AS invoice_number, '' AS detail, currency_code, 0 AS amount, balance,
          -1 AS position, 0 AS line_no
        FROM opening WHERE balance <> 0
        UNION ALL
        SELECT p.accounting_date, p.entry_id, e.cause_type, p.tenant_id, i.invoice_number,
          p.detail, p.currency_code, p.amount,
          coalesce(o.balance, 0) + sum(p.amount) OVER (PARTITION BY p.currency_code
            ORDER BY p.accounting_date, e.position, p.entry_id, p.line_no), e.position, p.line_no
        FROM view_journal_posting p
        JOIN view_journal_entry e ON e.entry_id = p.entry_id
        LEFT JOIN view_journal_invoice i ON i.invoice_id = e.invoice_id
        LEFT JOIN opening o ON o.currency_code = p.currency_code
        WHERE p.legal_entity_id = :entity AND p.account = :account
          AND (:detail::text IS NULL OR p.detail = :detail)
          AND p.accounting_date BETWEEN :from::date AND :to::date) AS line
      ORDER BY currency_code, day, position, entry_id, line_no""";

  static final String GENERAL_LEDGER =
      """
      SELECT %s, s.account, s.detail, s.accounting_date, s.entry_id, e.cause_type, s.tenant_id,
        i.invoice_number, s.currency_code, greatest(s.amount, 0), greatest(-s.amount, 0), e.corrects
      FROM view_journal_posting s
      JOIN view_journal_entry e ON e.entry_id = s.entry_id
      LEFT JOIN view_journal_invoice i ON i.invoice_id = e.invoice_id
      JOIN %s ON kind.account = s.account
      %s
      WHERE s.legal_entity_id = :entity AND s.accounting_date BETWEEN :from::date AND :to::date
      ORDER BY kind.place, s.detail, s.accounting_date, e.position, s.entry_id, s.line_no"""
          .formatted(NUMBER, KINDS, CHART);

  /** On the day on which it is due an invoice is one day late: it was to be paid before. */
  static final String RECEIVABLES_AGEING =
      """
      SELECT tenant_id, customer, currency_code, sum(open) FILTER (WHERE late < 1),
        sum(open) FILTER (WHERE late BETWEEN 1 AND 30),
        sum(open) FILTER (WHERE late BETWEEN 31 AND 60),
        sum(open) FILTER (WHERE late BETWEEN 61 AND 90),
        sum(open) FILTER (WHERE late > 90), sum(open)
      FROM (
        SELECT p.tenant_id, t.name AS customer, p.currency_code, sum(p.amount) AS open,
          :to::date - (min(i.due_at) AT TIME ZONE :zone)::date + 1 AS late
        FROM view_journal_posting p
        JOIN view_journal_entry e ON e.entry_id = p.entry_id
        JOIN view_invoice i ON i.invoice_id = e.invoice_id
        LEFT JOIN view_tenant t ON t.tenant_id = p.tenant_id
        WHERE p.legal_entity_id = :entity AND p.account = 'RECEIVABLE'
          AND p.accounting_date <= :to::date
        GROUP BY p.tenant_id, t.name, e.invoice_id, p.currency_code
        HAVING sum(p.amount) <> 0) AS invoice
      GROUP BY tenant_id, customer, currency_code ORDER BY currency_code, tenant_id""";

  /** Both what is owed and what is had as credit; a debit is owed. */
  static final String CUSTOMER_STATEMENT =
      """
      WITH moved AS (
        SELECT p.accounting_date, e.position, p.entry_id, e.cause_type, e.invoice_id,
          p.currency_code, sum(p.amount) AS amount
        FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
        WHERE p.legal_entity_id = :entity AND p.tenant_id = :tenant
          AND p.account IN ('RECEIVABLE', 'CUSTOMER_CREDIT') AND p.accounting_date <= :to::date
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(p.amount) <> 0)
      SELECT day, cause_type, invoice_number, currency_code, greatest(amount, 0),
        greatest(-amount, 0), balance
      FROM (
        SELECT :from::date AS day, -1 AS position, 'opening' AS cause_type,
          NULL AS invoice_number, currency_code, 0 AS amount, sum(amount) AS balance
        FROM moved WHERE accounting_date < :from::date
        GROUP BY currency_code HAVING sum(amount) <> 0
        UNION ALL
        SELECT m.accounting_date, m.position, m.cause_type, i.invoice_number, m.currency_code,
          m.amount, m.balance
        FROM (SELECT *, sum(amount) OVER (PARTITION BY currency_code
            ORDER BY accounting_date, position, entry_id) AS balance FROM moved) m
        LEFT JOIN view_journal_invoice i ON i.invoice_id = m.invoice_id
        WHERE m.accounting_date >= :from::date) AS line
      ORDER BY currency_code, day, position""";

  /** The net amount is the document's; what is taken back stands with a minus. */
  static final String TAX_REGISTER =
      """
      SELECT p.accounting_date, e.cause_type, i.invoice_number, p.tenant_id, t.name, p.detail,
        p.currency_code,
        coalesce((SELECT -sum(n.amount) FROM view_journal_posting n
          WHERE n.entry_id = p.entry_id AND n.account = 'DEFERRED_REVENUE'), 0),
        -sum(p.amount), e.corrects
      FROM view_journal_posting p
      JOIN view_journal_entry e ON e.entry_id = p.entry_id
      LEFT JOIN view_journal_invoice i ON i.invoice_id = e.invoice_id
      LEFT JOIN view_tenant t ON t.tenant_id = p.tenant_id
      WHERE p.legal_entity_id = :entity AND p.account = 'TAX_PAYABLE'
        AND p.accounting_date BETWEEN :from::date AND :to::date
      GROUP BY p.accounting_date, p.entry_id, e.cause_type, i.invoice_number, p.tenant_id, t.name,
        p.detail, p.currency_code, e.corrects, e.position
      ORDER BY p.currency_code, p.accounting_date, e.position, p.entry_id, p.detail""";
}
