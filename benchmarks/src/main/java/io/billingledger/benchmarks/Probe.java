package io.billingledger.benchmarks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** The raw figure beside which others are put: one small row with two indexes, one commit. */
final class Probe {
  private final DataSource database;
  private final AtomicLong number = new AtomicLong(System.nanoTime());

  Probe(DataSource database) {
    this.database = database;
  }

  double commitsPerSecond(Load load) throws Exception {
    return load.perSecond(_ -> commit());
  }

  private void commit() {
    try (java.sql.Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO claims (kind, key, holder, claimed_at)"
                    + " VALUES ('BENCHMARK', ?, ?, now())")) {
      insert.setString(1, "raw" + number.incrementAndGet());
      insert.setString(2, "benchmark");
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
