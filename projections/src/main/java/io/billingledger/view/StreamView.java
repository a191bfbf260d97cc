package io.billingledger.view;

import io.billingledger.kernel.Id;
import io.billingledger.kernel.LedgerEvent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * The rows of one view whose key is the id of their stream.
 *
 * @param <E> the events of a stream
 * @param <R> the row that they fold into
 */
public final class StreamView<E extends LedgerEvent, R extends StreamRow<E>> {
  private final EntityManager rows;
  private final Class<E> events;
  private final Class<R> type;
  private final Supplier<R> empty;
  private final AnsweredRows<R> answered = new AnsweredRows<>();

  public StreamView(EntityManager rows, Class<E> events, Class<R> type, Supplier<R> empty) {
    this.rows = rows;
    this.events = events;
    this.type = type;
    this.empty = empty;
  }

  /**
   * Takes the next event into its row, for a projection. A missing row is a fault. An event that
   * the row has is left out: after a restart Axon may hand out again what stood behind a number
   * that was committed late.
   */
  public R follow(Id id, E event, long sequence, TrackingToken token) {
    R row = sequence == 0 ? empty.get() : kept(id);
    if (sequence != 0 && sequence <= row.version()) {
      return row;
    }
    row.follow(event, sequence, token.position().orElseThrow());
    if (sequence == 0) {
      rows.persist(row);
    }
    return row;
  }

  /**
   * The row as all events make it, also those that the projection has not seen and those that this
   * unit of work has not committed. It is not written by reading it so.
   */
  public Optional<R> current(Id id, EventStore history) {
    R row = answered.take(id);
    if (row == null) {
      row = rows.find(type, id.value());
      if (row != null) {
        rows.detach(row);
      }
    }
    DomainEventStream later = history.readEvents(id.value(), row == null ? 0 : row.version() + 1);
    while (later.hasNext()) {
      DomainEventMessage<?> message = later.next();
      row = row == null ? empty.get() : row;
      row.follow(events.cast(message.getPayload()), message.getSequenceNumber(), row.position());
    }
    answered.keepOnceCommitted(id, row);
    return Optional.ofNullable(row);
  }

  /** The row as the projection left it. */
  public Optional<R> find(Id id) {
    return Optional.ofNullable(rows.find(type, id.value()));
  }

  /**
   * The rows below a place in the list, the newest first.
   *
   * @param equal fields and what they must be; null for any
   * @param position of the last row that was seen
   * @param id of the last row that was seen
   */
  public List<R> newestFirst(Map<String, ?> equal, long position, String id, int atMost) {
    Map<String, Object> given = new TreeMap<>();
    equal.forEach(
        (field, value) -> {
          if (value != null) {
            given.put(field, value);
          }
        });
    String key = key();
    String where =
        given.keySet().stream()
            .map(field -> "r." + field + " = :" + field + " and ")
            .collect(Collectors.joining());
    TypedQuery<R> query =
        rows.createQuery(
            "select r from "
                + type.getSimpleName()
                + " r where "
                + where
                + "(r.createdPosition < :below or r.createdPosition = :below and r."
                + key
                + " < :belowId) order by r.createdPosition desc, r."
                + key
                + " desc",
            type);
    given.forEach(query::setParameter);
    return query
        .setParameter("below", position)
        .setParameter("belowId", id)
        .setMaxResults(atMost)
        .getResultList();
  }

  private R kept(Id id) {
    Ahead.once(this, events, ids -> Ahead.load(rows, type, ids));
    R row = rows.find(type, id.value());
    if (row == null) {
      throw new IllegalStateException("%s has no row %s".formatted(type.getSimpleName(), id));
    }
    return row;
  }

  private String key() {
    return rows.getMetamodel().entity(type).getId(String.class).getName();
  }
}
