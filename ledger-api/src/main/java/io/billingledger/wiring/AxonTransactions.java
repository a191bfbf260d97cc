package io.billingledger.wiring;

import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Axon's transactions on Spring's. The first one begins, whatever comes inside takes part in it,
 * and a failure anywhere inside undoes all of it, also when somebody catches the exception.
 */
final class AxonTransactions implements TransactionManager {
  private final PlatformTransactionManager transactions;

  AxonTransactions(PlatformTransactionManager transactions) {
    this.transactions = transactions;
  }

  @Override
  public Transaction startTransaction() {
    if (WithoutDatabase.here()) {
      return none(CurrentUnitOfWork.get().root());
    }
    TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
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

  /** Of a unit of work that uses no database: nobody commits for it what was refused inside. */
  private static Transaction none(UnitOfWork<?> root) {
    return new Transaction() {
      @Override
      public void commit() {
        // Nothing was used.
      }

      @Override
      public void rollback() {
        EventGroups.undo(root);
      }
    };
  }
}
