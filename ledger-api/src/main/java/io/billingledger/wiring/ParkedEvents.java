package io.billingledger.wiring;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.Scope;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of parked events. A lock per sequence keeps processors and retries in order. */
final class ParkedEvents implements DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedEvents.class);
  private static final int LONGEST_CAUSE = 2000;

  private final JdbcTemplate database;
  private final TransactionManager transactions;
  private final TransactionTemplate ownTransaction;
  private final ObjectProvider<EventStore> events;
  private final CorrelationDataProvider correlation;
  private final Clock clock;
  private final Map<String, EventHandlerInvoker> groups = new ConcurrentHashMap<>();

  ParkedEvents(
      JdbcTemplate database,
      TransactionManager transactions,
      PlatformTransactionManager platform,
      ObjectProvider<EventStore> events,
      CorrelationDataProvider correlation,
      Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.ownTransaction = new TransactionTemplate(platform);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.events = events;
    this.correlation = correlation;
    this.clock = clock;
  }

  /** Says who handles a group's events, for retries. */
  void handledBy(String group, EventHandlerInvoker handlers) {
    groups.put(group, handlers);
  }

  Set<String> blocked(String group) {
    return new HashSet<>(
        database.queryForList(
            "SELECT DISTINCT sequence FROM dead_letters WHERE processing_group = ?",
            String.class,
            group));
  }

  /**
   * Parks the event behind others of its sequence; false when there are none (any more), and when
   * it came before them: what was rolled back with a failure, though itself in order, comes again.
   */
  boolean parkBehind(String group, String sequence, EventMessage<?> event) {
    lock(group, sequence);
    long position = position(event);
    if (first(group, sequence).filter(parked -> parked.position() <= position).isEmpty()) {
      return false;
    }
    insert(group, sequence, event, null, 0);
    return true;
  }

  /** Parks an event that failed, in a transaction of its own: the running one is lost. */
  void park(String group, String sequence, EventMessage<?> event, Exception cause, int attempts) {
    LOG.error(
        "{} cannot process event {} of {} and parks it",
        group,
        event.getIdentifier(),
        sequence,
        cause);
    ownTransaction.executeWithoutResult(
        _ -> insert(group, sequence, event, describe(cause), attempts));
  }

  void forget(String group) {
    database.update("DELETE FROM dead_letters WHERE processing_group = ?", group);
  }

  @Override
  public List<Letter> list() {
    return database.query(
        """
        SELECT DISTINCT ON (processing_group, sequence) *,
          count(*) OVER (PARTITION BY processing_group, sequence) - 1 AS waiting
        FROM dead_letters ORDER BY processing_group, sequence, global_index
        """,
        (row, _) ->
            new Letter(
                row.getString("processing_group"),
                row.getString("sequence"),
                row.getLong("global_index"),
                row.getString("event_identifier"),
                row.getString("event_name"),
                row.getString("cause"),
                row.getInt("attempts"),
                row.getTimestamp("parked_at").toInstant(),
                row.getInt("waiting")));
  }

  @Override
  public boolean retry(String group, String sequence) {
    EventHandlerInvoker handlers = groups.get(group);
    if (handlers == null) {
      throw new IllegalArgumentException("there is no processing group " + group);
    }
    return Scope.allTenants(
        () -> {
          Parked next = first(group, sequence).orElse(null);
          while (next != null) {
            try {
              process(group, sequence, handlers, next);
            } catch (RuntimeException e) {
              failedAgain(group, sequence, next, e);
              return false;
            }
            next = first(group, sequence).orElse(null);
          }
          return true;
        });
  }

  private void process(String group, String sequence, EventHandlerInvoker handlers, Parked parked) {
    TrackedEventMessage<?> event = parked.read(events.getObject());
    DefaultUnitOfWork<TrackedEventMessage<?>> unit = DefaultUnitOfWork.startAndGet(event);
    unit.registerCorrelationDataProvider(correlation);
    unit.attachTransaction(transactions);
    try {
      lock(group, sequence);
      int ours =
          database.update(
              "DELETE FROM dead_letters"
                  + " WHERE processing_group = ? AND sequence = ? AND global_index = ?",
              group,
              sequence,
              parked.position());
      if (ours == 1) {
        handlers.handle(event, Segment.ROOT_SEGMENT);
      }
    } catch (Exception | Error e) {
      unit.rollback(e);
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
    unit.commit();
  }

  private void failedAgain(String group, String sequence, Parked parked, RuntimeException cause) {
    LOG.error("{} cannot process event {} yet", group, parked.event(), cause);
    ownTransaction.executeWithoutResult(
        _ ->
            database.update(
                "UPDATE dead_letters SET cause = ?, attempts = attempts + 1"
                    + " WHERE processing_group = ? AND sequence = ? AND global_index = ?",
                describe(cause),
                group,
                sequence,
                parked.position()));
  }

  private void lock(String group, String sequence) {
    database.query(
        "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
        _ -> null,
        "dead-letters/" + group + "/" + sequence);
  }

  private Optional<Parked> first(String group, String sequence) {
    return database
        .query(
            "SELECT global_index, event_identifier, aggregate_identifier, sequence_number"
                + " FROM dead_letters WHERE processing_group = ? AND sequence = ?"
                + " ORDER BY global_index LIMIT 1",
            (row, _) ->
                new Parked(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
            group,
            sequence)
        .stream()
        .findFirst();
  }

  private void insert(
      String group, String sequence, EventMessage<?> event, String cause, int attempts) {
    DomainEventMessage<?> recorded = (DomainEventMessage<?>) event;
    database.update(
        "INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        group,
        sequence,
        position(event),
        event.getIdentifier(),
        recorded.getAggregateIdentifier(),
        recorded.getSequenceNumber(),
        name(event.getPayloadType()),
        cause,
        attempts,
        Timestamp.from(clock.instant()));
  }

  private static long position(EventMessage<?> event) {
    return ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
  }

  private static String name(Class<?> event) {
    EventType type = event.getAnnotation(EventType.class);
    return type == null ? event.getName() : type.name();
  }

  private static String describe(Throwable cause) {
    String text = cause.toString();
    return text.substring(0, Math.min(text.length(), LONGEST_CAUSE));
  }

  private record Parked(long position, String event, String aggregate, long sequenceNumber) {
    TrackedEventMessage<?> read(EventStore events) {
      DomainEventMessage<?> recorded = events.readEvents(aggregate, sequenceNumber).next();
      return new GenericTrackedDomainEventMessage<>(
          GapAwareTrackingToken.newInstance(position, Set.of()), recorded);
    }
  }
}
