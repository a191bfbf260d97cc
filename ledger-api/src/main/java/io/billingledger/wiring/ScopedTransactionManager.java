package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Begins every transaction with the thread's {@link Scope}, so that row-level security knows whose
 * rows it may see. Every transaction holds its share of the {@link ClockGate} until it is over.
 */
class ScopedTransactionManager extends JpaTransactionManager {
  private final transient ScopedConnections connections;
  private final transient ClockGate gate;

  ScopedTransactionManager(
      EntityManagerFactory entityManagers,
      DataSource database,
      ScopedConnections connections,
      ClockGate gate) {
    super(entityManagers);
    setDataSource(database);
    this.connections = connections;
    this.gate = gate;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    WithoutDatabase.check();
    gate.enter();
    connections.enter(Scope.current());
    try {
      super.doBegin(transaction, definition);
    } catch (RuntimeException | Error e) {
      connections.leave();
      gate.leave();
      throw e;
    }
  }

  /** What Hibernate still has to write is written first, so that nothing is left to be seen. */
  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    if (connections.isUnused() && !status.isReadOnly()) {
      EntityManagerFactoryUtils.getTransactionalEntityManager(obtainEntityManagerFactory()).flush();
    }
    connections.end();
    super.doCommit(status);
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    connections.end();
    super.doRollback(status);
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    try {
      super.doCleanupAfterCompletion(transaction);
    } finally {
      connections.leave();
      gate.leave();
    }
  }

  private record Suspended(Object transaction, ScopedConnections.Use use) {}

  @Override
  protected Object doSuspend(Object transaction) {
    return new Suspended(super.doSuspend(transaction), connections.suspend());
  }

  @Override
  protected void doResume(Object transaction, Object suspended) {
    Suspended one = (Suspended) suspended;
    super.doResume(transaction, one.transaction());
    connections.resume(one.use());
  }
}
