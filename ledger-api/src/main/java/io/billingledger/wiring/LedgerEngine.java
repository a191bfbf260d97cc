package io.billingledger.wiring;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;

/**
 * Axon's engine but for three things. It appends all events of a unit of work in one statement,
 * which answers their positions. It looks for no snapshots: streams are short and aggregates
 * cached. And a reader keeps every gap in the numbers until it has looked for it again, however old
 * the event behind the gap is by the clock: a sandbox clock may jump while a reader is at work, and
 * what it took for too old was then an event just committed.
 */
final class LedgerEngine extends JdbcEventStorageEngine {
  private static final String POSITION = LedgerEngine.class.getName() + ".position";
  private static final int FURTHEST_GAP = 10_000;
  private static final int MOST_ROWS = 1000;

  LedgerEngine(Builder builder) {
    super(builder);
  }

  /**
   * @return of the last event that this unit of work has appended, though not committed; null if it
   *     has appended none
   */
  static Long position(UnitOfWork<?> root) {
    return (Long) root.resources().get(POSITION);
  }

  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    List<EventRow> rows = events.stream().map(event -> EventRow.of(event, serializer)).toList();
    if (!rows.isEmpty() && !EventGroups.keep(rows)) {
      long last = append(rows);
      CurrentUnitOfWork.ifStarted(unit -> unit.root().resources().put(POSITION, last));
    }
  }

  /**
   * In the transaction at hand.
   *
   * @return the position of the last of them
   */
  long append(List<EventRow> rows) {
    long last = 0;
    for (int from = 0; from < rows.size(); from += MOST_ROWS) {
      last = insert(rows.subList(from, Math.min(rows.size(), from + MOST_ROWS)));
    }
    return last;
  }

  /** Of those streams that exist. */
  Map<String, Long> lastSequences(Collection<String> streams) {
    Map<String, Long> answer = new HashMap<>();
    try (Connection connection = getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT aggregate_identifier, max(sequence_number) FROM domain_event_entry"
                    + " WHERE aggregate_identifier = ANY (?) GROUP BY aggregate_identifier")) {
      query.setArray(1, connection.createArrayOf("text", streams.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          answer.put(rows.getString(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw new EventStoreException("cannot read how long streams are", e);
    }
    return answer;
  }

  private long insert(List<EventRow> rows) {
    try (Connection connection = getConnection();
        PreparedStatement insert =
            connection.prepareStatement(EventInsert.of(rows.size()) + " RETURNING global_index")) {
      EventInsert.bind(insert, 0, rows);
      return last(insert);
    } catch (SQLException e) {
      handlePersistenceException(e, rows.getFirst().event());
      throw new EventStoreException("cannot append events", e);
    }
  }

  private static long last(PreparedStatement insert) throws SQLException {
    try (ResultSet positions = insert.executeQuery()) {
      long last = 0;
      while (positions.next()) {
        last = Math.max(last, positions.getLong(1));
      }
      return last;
    }
  }

  @Override
  protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
    return Stream.empty();
  }

  @Override
  protected TrackedEventData<?> getTrackedEventData(
      ResultSet row, GapAwareTrackingToken previousToken) throws SQLException {
    TrackedEventData<?> event = super.getTrackedEventData(row, previousToken);
    return previousToken == null
        ? event
        : new TrackedDomainEventData<>(
            previousToken.advanceTo(row.getLong("global_index"), FURTHEST_GAP),
            (DomainEventData<?>) event);
  }
}
