package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The transactions of groups (ADR 13), which may see everybody's rows and cost as few messages as
 * they can. What goes to PostgreSQL in one message is a transaction that ends with it, unless the
 * connection was told not to commit by itself. Each holds its share of the {@link ClockGate}.
 */
public final class GroupTransactions {
  private static final String SCOPE = set("ledger.scope", Scope.ALL);

  private final DataSource pool;
  private final ClockGate gate;

  GroupTransactions(DataSource pool, ClockGate gate) {
    this.pool = pool;
    this.gate = gate;
  }

  /**
   * What is done in a transaction. It sees no rows before its first statement was told whose they
   * may be; when it throws, nothing remains.
   */
  public interface Work<T> {
    T perform(Connection connection) throws SQLException;
  }

  public <T> T perform(Work<T> work) throws SQLException {
    gate.enter();
    try {
      return WithoutDatabase.lifted(
          () -> {
            try (Connection connection = pool.getConnection()) {
              return work.perform(connection);
            }
          });
    } finally {
      gate.leave();
    }
  }

  /**
   * The first statement of a transaction, and before it what it needs to see everybody's rows. The
   * driver sends statements together only while it knows how long their answers can be: what this
   * adds answers with a boolean, and the statement may answer with nothing of unlimited length.
   * Were it sent apart, it would see no rows.
   */
  public static String first(String statement) {
    return "SELECT " + SCOPE + "; " + statement;
  }

  /** As {@link #first(String)}; the transaction waits for no lock for longer. */
  public static String first(String statement, Duration patience) {
    return "SELECT "
        + SCOPE
        + " AND "
        + set("lock_timeout", patience.toMillis() + "ms")
        + "; "
        + statement;
  }

  private static String set(String setting, String value) {
    return "set_config('" + setting + "', '" + value + "', true) IS NOT NULL";
  }
}
