package io.billingledger.wiring;

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
 * over.
 */
class ScopedTransactionManager extends JpaTransactionManager {

  ScopedTransactionManager(EntityManagerFactory entityManagers, DataSource database) {
    super(entityManagers);
    setDataSource(database);
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    try {
      limit(Scope.current());
    } catch (SQLException | RuntimeException e) {
      doCleanupAfterCompletion(transaction);
      throw new CannotCreateTransactionException("cannot set the scope of the transaction", e);
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
