package io.billingledger.benchmarks;

import io.billingledger.kernel.Scope;
import io.billingledger.view.ViewGroups;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * How quickly all views are made again from all events, in rows a second, in turns with the same
 * rows written by batches into tables like theirs.
 */
final class RebuildFigure {
  private static final int BATCH = 500;

  private final Ledger ledger;
  private final Customers customers;

  RebuildFigure(Ledger ledger) {
    this.ledger = ledger;
    this.customers = new Customers(ledger);
  }

  /** The rows of one view, as they are to be written again. */
  private record Copy(String table, String insert, List<Object[]> rows) {}

  /**
   * @param subscriptions and {@code cycles}: what the history is made of
   */
  void measure(Figures figures, int subscriptions, int cycles, int rounds) throws Exception {
    customers.add(subscriptions);
    Renewals all = new Renewals(ledger, customers, subscriptions);
    for (int cycle = 1; cycle <= cycles; cycle++) {
      all.makeDue(cycle);
      all.run(cycle);
      customers.settle();
    }
    long events = number("SELECT count(*)::text FROM domain_event_entry");
    List<Double> raw = new ArrayList<>();
    List<Double> rebuilt = new ArrayList<>();
    long rows = 0;
    try (Connection owner = owner()) {
      List<Copy> copies = copies(owner);
      rows = copies.stream().mapToLong(copy -> copy.rows().size()).sum();
      for (int round = 1; round <= rounds; round++) {
        raw.add(rows / seconds(() -> write(owner, copies)));
        rebuilt.add(rows / seconds(this::rebuild));
        System.out.printf(
            Locale.ROOT,
            "rebuild %d: %d events into %d rows at %.0f rows/s, raw batches %.0f rows/s%n",
            round,
            events,
            rows,
            rebuilt.getLast(),
            raw.getLast());
      }
    }
    figures.put("rebuild_events", (double) events);
    figures.put("rebuild_rows", (double) rows);
    figures.put("rebuild_raw_rows_per_s", Load.median(raw));
    figures.put("rebuild_rows_per_s", Load.median(rebuilt));
    figures.put("rebuild_ratio", Load.median(rebuilt) / Load.median(raw));
    figures.require("trial_balance_zero_after_rebuild", customers.trialBalanceIsZero());
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static double seconds(Work work) throws SQLException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void rebuild() {
    StreamingEventProcessor views =
        ledger
            .bean(EventProcessingConfiguration.class)
            .eventProcessor(ViewGroups.VIEWS, StreamingEventProcessor.class)
            .orElseThrow();
    Scope.allTenants(
        () -> {
          views.shutDown();
          views.resetTokens();
          views.start();
        });
    customers.settle();
  }

  private long number(String sql) {
    return Long.parseLong(customers.query(sql).getFirst());
  }

  private List<Copy> copies(Connection owner) throws SQLException {
    List<Copy> copies = new ArrayList<>();
    List<String> tables =
        customers.query(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                + " AND relkind = 'r' AND relname LIKE 'view\\_%' AND relname NOT LIKE '%rebuild'");
    for (String table : tables) {
      try (Statement statement = owner.createStatement()) {
        statement.execute("CREATE TABLE raw_%s (LIKE %s INCLUDING ALL)".formatted(table, table));
        try (ResultSet all = statement.executeQuery("SELECT * FROM " + table)) {
          copies.add(copy(table, all));
        }
      }
    }
    return copies;
  }

  private static Copy copy(String table, ResultSet all) throws SQLException {
    ResultSetMetaData columns = all.getMetaData();
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      values.add("?::" + columns.getColumnTypeName(i));
    }
    List<Object[]> rows = new ArrayList<>();
    while (all.next()) {
      Object[] row = new Object[columns.getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = all.getObject(i + 1);
      }
      rows.add(row);
    }
    return new Copy(
        table, "INSERT INTO raw_" + table + " VALUES (" + String.join(", ", values) + ")", rows);
  }

  private static void write(Connection owner, List<Copy> copies) throws SQLException {
    owner.setAutoCommit(false);
    for (Copy copy : copies) {
      try (Statement statement = owner.createStatement()) {
        statement.execute("TRUNCATE raw_" + copy.table());
      }
      try (PreparedStatement insert = owner.prepareStatement(copy.insert())) {
        for (int from = 0; from < copy.rows().size(); from += BATCH) {
          for (Object[] row :
              copy.rows().subList(from, Math.min(from + BATCH, copy.rows().size()))) {
            for (int i = 0; i < row.length; i++) {
              insert.setObject(i + 1, row[i]);
            }
            insert.addBatch();
          }
          insert.executeBatch();
          owner.commit();
        }
      }
    }
    owner.commit();
    owner.setAutoCommit(true);
  }

  private Connection owner() throws SQLException {
    FlywayConnectionDetails owner = ledger.bean(FlywayConnectionDetails.class);
    Properties settings = new Properties();
    settings.setProperty("user", owner.getUsername());
    settings.setProperty("password", owner.getPassword());
    settings.setProperty("reWriteBatchedInserts", "true");
    Connection connection = DriverManager.getConnection(owner.getJdbcUrl(), settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT set_config('ledger.scope', '" + Scope.ALL + "', false)");
    }
    return connection;
  }
}
