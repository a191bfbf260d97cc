package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the events of several units of work in one transaction (ADR 13). It takes those that have
 * used no connection, so that events are all that they have to commit, and that may see everybody's
 * rows, as the group's transaction does. When a group fails, each appends its own.
 */
final class EventGroups {
  private static final Logger LOG = LoggerFactory.getLogger(EventGroups.class);
  private static final int MOST = 64;
  private static final int AT_ONCE = 2;

  /** So that the largest group has fewer parameters than a statement may have. */
  private static final int MOST_ROWS_OF_ONE = 100;

  /** Of a unit of work: what waits for its commit. */
  private static final String WAITING = EventGroups.class.getName() + ".waiting";

  private final ScopedConnections connections;
  private final GroupTransactions transactions;
  private final LedgerEngine engine;
  private final GroupCommit<List<EventRow>, Boolean> groups =
      new GroupCommit<>(MOST, AT_ONCE, this::attempt);

  EventGroups(ScopedConnections connections, GroupTransactions transactions, LedgerEngine engine) {
    this.connections = connections;
    this.transactions = transactions;
    this.engine = engine;
  }

  /** The unit's events may wait for {@link #append}. */
  static void open(UnitOfWork<?> root) {
    root.resources().put(WAITING, new ArrayList<EventRow>());
  }

  /** Whether the rows wait for the commit of the unit of work at hand. */
  static boolean keep(List<EventRow> rows) {
    List<EventRow> waiting =
        CurrentUnitOfWork.isStarted() ? waiting(CurrentUnitOfWork.get().root()) : null;
    return waiting != null && waiting.addAll(rows);
  }

  /** Appends what waits; the unit's own transaction is committed after it. */
  void append(UnitOfWork<?> root) {
    List<EventRow> rows = waiting(root);
    root.resources().remove(WAITING);
    if (!rows.isEmpty()
        && !(rows.size() <= MOST_ROWS_OF_ONE
            && connections.isUnused()
            && connections.isOf(Scope.ALL)
            && groups.perform(rows))) {
      engine.append(rows);
    }
  }

  /**
   * Appends what waits, of a unit that has no transaction.
   *
   * @throws ConcurrencyException when it must be done alone
   */
  void appendTogether(UnitOfWork<?> root) {
    List<EventRow> rows = toCommit(root);
    if (!rows.isEmpty() && !(rows.size() <= MOST_ROWS_OF_ONE && groups.perform(rows))) {
      throw new ConcurrencyException("these events must be appended alone");
    }
  }

  /** What waits must not be committed. */
  static void undo(UnitOfWork<?> root) {
    root.resources().remove(WAITING);
  }

  /**
   * @throws ConcurrencyException when something in the unit was undone
   */
  static List<EventRow> toCommit(UnitOfWork<?> root) {
    List<EventRow> rows = waiting(root);
    if (rows == null) {
      throw new ConcurrencyException("part of this unit of work was undone");
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  private static List<EventRow> waiting(UnitOfWork<?> root) {
    return (List<EventRow>) root.resources().get(WAITING);
  }

  private List<Boolean> attempt(List<List<EventRow>> units) {
    List<EventRow> rows = units.stream().flatMap(List::stream).toList();
    try {
      transactions.perform(connection -> insert(connection, rows));
      return Collections.nCopies(units.size(), true);
    } catch (SQLException e) {
      LOG.debug("the events of {} units of work are appended one by one", units.size(), e);
      return Collections.nCopies(units.size(), false);
    }
  }

  private static boolean insert(Connection connection, List<EventRow> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(GroupTransactions.first(EventInsert.of(rows.size())))) {
      EventInsert.bind(insert, 0, rows);
      return insert.execute();
    }
  }
}
