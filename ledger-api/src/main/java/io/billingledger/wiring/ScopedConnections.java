package io.billingledger.wiring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/**
 * Where transactions get their connection from, when it is first used: then PostgreSQL is told
 * whose rows the transaction may see. A transaction that never uses one costs no round trip. The
 * setting is local to the transaction: a pooled connection carries nothing over.
 */
final class ScopedConnections implements ConnectionProvider, FirstStatement {
  private static final long serialVersionUID = 1;

  private final transient DataSource pool;
  private final transient ThreadLocal<Use> current = new ThreadLocal<>();

  ScopedConnections(DataSource pool) {
    this.pool = pool;
  }

  /** How far the thread's transaction has come. */
  static final class Use {
    private final String scope;
    private boolean begun;

    private Use(String scope) {
      this.scope = scope;
    }
  }

  /** From here on the thread is in a transaction that may see the scope's rows. */
  void enter(String scope) {
    current.set(new Use(scope));
  }

  void leave() {
    current.remove();
  }

  /** Whether the thread is in a transaction that has used no connection so far. */
  boolean isUnused() {
    Use use = current.get();
    return use != null && !use.begun;
  }

  /** Whether the thread is in a transaction that may see the scope's rows. */
  boolean isOf(String scope) {
    Use use = current.get();
    return use != null && use.scope.equals(scope);
  }

  @Override
  public <T> T tellingScope(Function<String, T> statement) {
    Use use = current.get();
    if (use == null) {
      throw new IllegalStateException("only a transaction has a scope");
    }
    use.begun = true;
    return statement.apply(use.scope);
  }

  /** The transaction ends: a connection that is asked for now has nothing to see. */
  void end() {
    Use use = current.get();
    if (use != null) {
      use.begun = true;
    }
  }

  /** Leaves the transaction for another one. */
  Use suspend() {
    Use use = current.get();
    current.remove();
    return use;
  }

  void resume(Use use) {
    current.set(use);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = pool.getConnection();
    Use use = current.get();
    if (use != null) {
      try {
        connection.setAutoCommit(false);
        if (!use.begun) {
          limit(connection, use.scope);
          use.begun = true;
        }
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  private static void limit(Connection connection, String scope) throws SQLException {
    try (PreparedStatement setting =
        connection.prepareStatement("SELECT set_config('ledger.scope', ?, true)")) {
      setting.setString(1, scope);
      setting.execute();
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    connection.close();
  }

  /** A transaction keeps its connection. */
  @Override
  public boolean supportsAggressiveRelease() {
    return false;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return type.isInstance(this) || type.isInstance(pool);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(type.isInstance(this) ? this : pool);
  }
}
