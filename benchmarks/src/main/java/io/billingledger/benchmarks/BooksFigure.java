package io.billingledger.benchmarks;

import io.billingledger.kernel.Scope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * How long the trial balance and the reconciliation take over HTTP when the journal is long, in
 * turns with the plain sum of all postings by the same database.
 */
final class BooksFigure {
  private static final int ASKED = 20;

  /** In the middle of the year, in the middle of a day. */
  private static final String AS_OF = "2026-07-02T12:00:00Z";

  private final Ledger ledger;
  private final int entries;

  /**
   * @param entries of two postings each, over a year
   */
  BooksFigure(Ledger ledger, int entries) {
    this.ledger = ledger;
    this.entries = entries;
  }

  void measure(Figures figures, int rounds) throws Exception {
    // What stood open while the journal is filled would be closed as idle.
    try (io.billingledger.benchmarks.Connection before = ledger.connect()) {
      before.post("/api/finance/reconciliation/evaluate", "").done();
    }
    try (Connection owner = owner()) {
      fill(owner);
      ask(owner, figures, rounds);
    }
  }

  private void ask(Connection owner, Figures figures, int rounds) throws Exception {
    try (io.billingledger.benchmarks.Connection caller = ledger.connect()) {
      List<Double> summed = new ArrayList<>();
      List<Double> balance = new ArrayList<>();
      List<Double> past = new ArrayList<>();
      List<Double> reconciliation = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        double sum = sum(owner);
        List<Double> balances = ask(caller, "/api/finance/trial-balance");
        List<Double> earlier = ask(caller, "/api/finance/trial-balance?as_of=" + AS_OF);
        List<Double> states = ask(caller, "/api/finance/reconciliation");
        if (round > 0) {
          summed.add(sum);
          balance.addAll(balances);
          past.addAll(earlier);
          reconciliation.addAll(states);
          System.out.printf(
              Locale.ROOT,
              "round %d: plain sum %.0f ms, trial balance %.1f ms, as of a day in the middle %.1f ms,"
                  + " reconciliation %.1f ms%n",
              round,
              sum,
              Load.median(balances),
              Load.median(earlier),
              Load.median(states));
        }
      }
      figures.put("books_postings", 2.0 * entries);
      figures.put("books_plain_sum_ms", Load.median(summed));
      figures.put("trial_balance_p50_ms", Load.median(balance));
      figures.put("trial_balance_as_of_p50_ms", Load.median(past));
      figures.put("reconciliation_p50_ms", Load.median(reconciliation));
    }
  }

  private static List<Double> ask(io.billingledger.benchmarks.Connection caller, String path) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      long start = System.nanoTime();
      caller.get(path).done();
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return millis;
  }

  private double sum(Connection owner) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT account, currency_code, sum(amount) FROM view_journal_posting"
                    + " GROUP BY account, currency_code")) {
      while (rows.next()) {
        if (rows.getString(1).isEmpty()) {
          throw new IllegalStateException("an account has a name");
        }
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private void fill(Connection owner) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute("SELECT set_config('ledger.scope', '" + Scope.ALL + "', false)");
      statement.execute("ALTER TABLE view_journal_posting DISABLE TRIGGER entry_balances");
      statement.execute(
          """
          INSERT INTO view_journal_posting (entry_id, line_no, legal_entity_id, tenant_id, account,
            detail, currency_code, amount, posted_at, accounting_date)
          SELECT 'ent_' || n, line, 'default', 'ten_' || n %% 10000,
            CASE line WHEN 1 THEN 'RECEIVABLE' ELSE 'DEFERRED_REVENUE' END,
            CASE line WHEN 1 THEN '' ELSE 'product-' || n %% 5 END, 'IDR',
            CASE line WHEN 1 THEN 150000 ELSE -150000 END,
            timestamptz '2026-01-01' + n %% 365 * interval '1 day',
            date '2026-01-01' + (n %% 365)::int
          FROM generate_series(1, %d) AS n CROSS JOIN generate_series(1, 2) AS line"""
              .formatted(entries));
      statement.execute(
          """
          INSERT INTO view_journal_sum (legal_entity_id, account, detail, currency_code,
            accounting_date, shard, debit, credit, posted_on)
          SELECT legal_entity_id, account, detail, currency_code, accounting_date,
            hashtext(tenant_id) & 15, sum(greatest(amount, 0)), sum(greatest(-amount, 0)),
            (posted_at AT TIME ZONE 'UTC')::date
          FROM view_journal_posting GROUP BY 1, 2, 3, 4, 5, 6, 9""");
      statement.execute("ALTER TABLE view_journal_posting ENABLE TRIGGER entry_balances");
      statement.execute("ANALYZE view_journal_posting");
      statement.execute("ANALYZE view_journal_sum");
    }
  }

  private Connection owner() throws SQLException {
    FlywayConnectionDetails owner = ledger.bean(FlywayConnectionDetails.class);
    return DriverManager.getConnection(
        owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
  }
}
