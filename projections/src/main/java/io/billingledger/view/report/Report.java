package io.billingledger.view.report;

import io.billingledger.view.report.Column.Kind;
import java.util.Arrays;
import java.util.List;

/** The reports, and what their columns say. */
public enum Report {
  /** Every account's sums up to a day. */
  TRIAL_BALANCE(
      "number:t account:t detail:t name:t currency:t debits:a credits:a debit:a credit:a",
      ReportQueries.TRIAL_BALANCE),
  /** How one account came to its balance. */
  ACCOUNT_STATEMENT(
      "date:d entry_id:t cause:t tenant_id:t invoice_number:t detail:t currency:t debit:a credit:a"
          + " balance:a",
      ReportQueries.ACCOUNT_STATEMENT),
  /** Every posting, account by account. */
  GENERAL_LEDGER(
      "number:t account:t detail:t date:d entry_id:t cause:t tenant_id:t invoice_number:t"
          + " currency:t debit:a credit:a corrects:d",
      ReportQueries.GENERAL_LEDGER),
  /** What customers owe, by how long it is due. */
  RECEIVABLES_AGEING(
      "tenant_id:t customer:t currency:t not_due:a days_1_30:a days_31_60:a days_61_90:a"
          + " days_over_90:a total:a",
      ReportQueries.RECEIVABLES_AGEING),
  /** What a customer owes or has as credit, and how it came about. */
  CUSTOMER_STATEMENT(
      "date:d cause:t invoice_number:t currency:t debit:a credit:a balance:a",
      ReportQueries.CUSTOMER_STATEMENT),
  /** Every document with tax. */
  TAX_REGISTER(
      "date:d document:t invoice_number:t tenant_id:t customer:t tax:t currency:t net:a amount:a"
          + " corrects:d",
      ReportQueries.TAX_REGISTER);

  private final List<Column> columns;
  private final String query;

  Report(String columns, String query) {
    this.columns = Arrays.stream(columns.split(" ")).map(Report::column).toList();
    this.query = query;
  }

  private static Column column(String text) {
    String[] parts = text.split(":");
    return new Column(
        parts[0],
        switch (parts[1]) {
          case "t" -> Kind.TEXT;
          case "d" -> Kind.DATE;
          case "a" -> Kind.AMOUNT;
          default -> throw new IllegalArgumentException(text);
        });
  }

  public List<Column> columns() {
    return columns;
  }

  /** Answers the columns in their order; takes the named parameters of {@link ReportRows}. */
  String query() {
    return query;
  }
}
