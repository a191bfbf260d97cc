package io.billingledger.wiring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * States as their streams tell them, uncommitted events of the running unit of work included. A
 * state is kept, and used again as long as the store has no later event of its stream; within one
 * command it is looked up once. What is not committed is never kept.
 */
final class Histories<S> {
  private static final int MOST = 50_000;

  private record Known<S>(long sequence, S state) {}

  private final EventStore store;
  private final S none;
  private final BiFunction<S, Object, S> evolve;
  private final Map<String, Known<S>> kept =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<S>> eldest) {
          return size() > MOST;
        }
      };

  Histories(EventStore store, S none, BiFunction<S, Object, S> evolve) {
    this.store = store;
    this.none = none;
    this.evolve = evolve;
  }

  /** Empty where there is no such stream, or not for this scope. */
  Optional<S> of(String id) {
    return onceInCommand(this + "/" + id, () -> read(id));
  }

  /** Looks up once what cannot change while one command is decided. */
  static <T> T onceInCommand(String key, Supplier<T> lookup) {
    if (!CurrentUnitOfWork.isStarted() || CurrentUnitOfWork.get().parent().isEmpty()) {
      return lookup.get();
    }
    UnitOfWork<?> command = CurrentUnitOfWork.get();
    T known = command.getResource(key);
    if (known == null) {
      known = lookup.get();
      command.resources().put(key, known);
    }
    return known;
  }

  private Optional<S> read(String id) {
    Optional<Long> last = store.lastSequenceNumberFor(id);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Known<S> known = known(id);
    if (known.sequence() < last.get()) {
      DomainEventStream later = store.readEvents(id, known.sequence() + 1);
      while (later.hasNext()) {
        var event = later.next();
        known =
            new Known<>(event.getSequenceNumber(), evolve.apply(known.state(), event.getPayload()));
      }
      keepOnceCommitted(id, known);
    }
    return Optional.of(known.state());
  }

  private void keepOnceCommitted(String id, Known<S> state) {
    if (CurrentUnitOfWork.isStarted()) {
      UnitOfWork<?> unit = CurrentUnitOfWork.get();
      unit.afterCommit(_ -> keep(id, state));
    } else {
      keep(id, state);
    }
  }

  private Known<S> known(String id) {
    synchronized (kept) {
      return kept.getOrDefault(id, new Known<>(-1, none));
    }
  }

  private void keep(String id, Known<S> state) {
    synchronized (kept) {
      kept.merge(id, state, (a, b) -> a.sequence() >= b.sequence() ? a : b);
    }
  }
}
