package io.billingledger.wiring;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Axon's transactions on Spring's. Where none is running a real one begins. Inside a running one,
 * infrastructure simply takes part in it, and a command gets a savepoint: its refusal takes back
 * what it wrote itself and leaves the rest of the transaction as it was.
 */
final class AxonTransactions implements TransactionManager {
  private static final Transaction TAKING_PART =
      new Transaction() {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
      };

  private final PlatformTransactionManager transactions;
  private final DataSource database;
  private final boolean savepoints;

  private AxonTransactions(
      PlatformTransactionManager transactions, DataSource database, boolean savepoints) {
    this.transactions = transactions;
    this.database = database;
    this.savepoints = savepoints;
  }

  static AxonTransactions takingPart(PlatformTransactionManager transactions, DataSource database) {
    return new AxonTransactions(transactions, database, false);
  }

  static AxonTransactions withSavepoints(
      PlatformTransactionManager transactions, DataSource database) {
    return new AxonTransactions(transactions, database, true);
  }

  @Override
  public Transaction startTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return begun(transactions.getTransaction(new DefaultTransactionDefinition()));
    }
    return savepoints ? savepoint() : TAKING_PART;
  }

  private Transaction begun(TransactionStatus status) {
    return new Transaction() {
      @Override
      public void commit() {
        transactions.commit(status);
      }

      @Override
      public void rollback() {
        if (!status.isCompleted()) {
          transactions.rollback(status);
        }
      }
    };
  }

  private Transaction savepoint() {
    Connection connection = DataSourceUtils.getConnection(database);
    try {
      return nested(connection, connection.setSavepoint());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot set a savepoint", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, database);
    }
  }

  private static Transaction nested(Connection connection, Savepoint savepoint) {
    return new Transaction() {
      private boolean released;

      @Override
      public void commit() {
        try {
          connection.releaseSavepoint(savepoint);
          released = true;
        } catch (SQLException e) {
          throw new IllegalStateException("cannot release a savepoint", e);
        }
      }

      /** Comes too late when the savepoint is released: then the outer transaction rolls back. */
      @Override
      public void rollback() {
        if (released) {
          return;
        }
        try {
          connection.rollback(savepoint);
        } catch (SQLException e) {
          throw new IllegalStateException("cannot roll back to a savepoint", e);
        }
      }
    };
  }
}
