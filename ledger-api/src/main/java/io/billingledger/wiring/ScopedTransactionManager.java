package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * Begins every transaction with the thread's {@link Scope}, so that row-level security knows whose
 * rows it may see. The setting is local to the transaction: a pooled connection carries nothing
 * over. Every transaction holds its share of the {@link ClockGate} until it is over.
 */
class ScopedTransactionManager extends JpaTransactionManager {
  private final transient ClockGate gate;

  ScopedTransactionManager(
      EntityManagerFactory entityManagers, DataSource database, ClockGate gate) {
    super(entityManagers);
    setDataSource(database);
    this.gate = gate;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    gate.enter();
    try {
      super.doBegin(transaction, definition);
    } catch (RuntimeException | Error e) {
      gate.leave();
      throw e;
    }
    try {
      limit(Scope.current());
    } catch (SQLException | RuntimeException e) {
      doCleanupAfterCompletion(transaction);
      throw new CannotCreateTransactionException("cannot set the scope of the transaction", e);
    }
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    try {
      super.doCleanupAfterCompletion(transaction);
    } finally {
      gate.leave();
    }
  }

  private void limit(String scope) throws SQLException {
    DataSource database = getDataSource();
    Connection connection = DataSourceUtils.getConnection(database);
    try (PreparedStatement setting =
        connection.prepareStatement("SELECT set_config('ledger.scope', ?, true)")) {
      setting.setString(1, scope);
      setting.execute();
    } finally {
      DataSourceUtils.releaseConnection(connection, database);
    }
  }
}
