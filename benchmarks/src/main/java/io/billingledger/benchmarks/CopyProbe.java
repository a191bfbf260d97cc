package io.billingledger.benchmarks;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;

/**
 * The raw figure beside which bringing usage is put: {@code COPY}, a batch a transaction, into a
 * table with the columns and the indexes of the store, and with the key that makes each record
 * unique. Without row-level security, which {@code COPY} does not know.
 */
final class CopyProbe implements AutoCloseable {
  private static final String TABLE = "benchmark_usage";
  private static final String COPY =
      "COPY "
          + TABLE
          + " (tenant_id, position, id, recorded_at, actor, idempotency_key, subscription_id, named,"
          + " metric, quantity, used_at, properties, single) FROM STDIN";

  private final FlywayConnectionDetails owner;
  private final AtomicLong number = new AtomicLong();

  CopyProbe(Ledger ledger) throws SQLException {
    owner = ledger.bean(FlywayConnectionDetails.class);
    execute("CREATE TABLE " + TABLE + " (LIKE usage_fact INCLUDING ALL)");
    execute("CREATE UNIQUE INDEX ON " + TABLE + " (id)");
  }

  double rowsPerSecond(Load load, int batch) throws Exception {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < load.threads(); i++) {
        connections.add(connect());
      }
      return batch * load.perSecond(thread -> copy(connections.get(thread), thread, batch));
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private void copy(Connection connection, int thread, int batch) {
    String at = Instant.EPOCH.toString();
    StringBuilder rows = new StringBuilder(batch * 250);
    for (int i = 0; i < batch; i++) {
      long next = number.incrementAndGet();
      // As random as the ids of records are.
      String id = "usg_%016X%010d".formatted(next * 0x9E3779B97F4A7C15L, next);
      rows.append("ten_01J9ZQ3V6X8Y5W2K7M4N1P0R")
          .append(thread)
          .append('\t')
          .append(next)
          .append('\t')
          .append(id)
          .append('\t')
          .append(at)
          .append("\tbenchmark\tk")
          .append(next)
          .append("\tsub_01J9ZQ3V6X8Y5W2K7M4N1P0R3T\tf\tapi_calls\t1.5\t")
          .append(at)
          .append("\t{\"region\":\"west\"}\tf\n");
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(COPY, new StringReader(rows.toString()));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP TABLE " + TABLE);
  }
}
