package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An event store whose commits wake the processors at once, instead of letting them find out at
 * their next poll. The signal comes after the database has committed, never before.
 */
final class SignallingEventStore extends EmbeddedEventStore implements StagedEvents {
  private static final long POLL_MILLIS = 500;
  private static final long AGAIN_MILLIS = 15;
  private static final int WAIT_MILLIS = 5;
  private static final long NO_STREAM = -1;

  /** Of a unit of work: the streams that its events belong to. */
  private static final String STAGED = SignallingEventStore.class.getName() + ".staged";

  private final Set<WokenStream> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService alarm =
      Executors.newSingleThreadScheduledExecutor(
          Scope.allTenantsThreads(
              Thread.ofPlatform().daemon().name("event-store-alarm").factory()));

  private SignallingEventStore(EmbeddedEventStore.Builder builder) {
    super(builder);
    // What another process appends is found by looking from time to time.
    alarm.scheduleWithFixedDelay(
        () -> open.forEach(WokenStream::call), POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  static SignallingEventStore of(EmbeddedEventStore.Builder builder) {
    return new SignallingEventStore(builder);
  }

  @Override
  public void publish(List<? extends EventMessage<?>> events) {
    CurrentUnitOfWork.ifStarted(
        unit -> {
          Set<String> streams =
              unit.root().getOrComputeResource(STAGED, _ -> new HashSet<String>());
          for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> recorded) {
              streams.add(recorded.getAggregateIdentifier());
            }
          }
        });
    super.publish(events);
  }

  /** Axon looks through all that is staged, with each look at a stream of a long unit of work. */
  @Override
  protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String stream) {
    return CurrentUnitOfWork.isStarted()
            && !CurrentUnitOfWork.get()
                .root()
                .getOrDefaultResource(STAGED, Set.of())
                .contains(stream)
        ? Stream.empty()
        : super.stagedDomainEventMessages(stream);
  }

  @Override
  public List<EventMessage<?>> staged() {
    return List.copyOf(queuedMessages());
  }

  /**
   * What begins with an event that is staged here needs no look into the store: were a later one
   * there already, the append would fail.
   */
  @Override
  public DomainEventStream readEvents(String stream, long first) {
    List<? extends DomainEventMessage<?>> staged = stagedDomainEventMessages(stream).toList();
    if (!staged.isEmpty()) {
      return staged.getFirst().getSequenceNumber() == first
          ? DomainEventStream.of(staged)
          : super.readEvents(stream, first);
    }
    Long last = ReadAhead.lastSequence(stream);
    return last != null && last < first
        ? DomainEventStream.empty()
        : super.readEvents(stream, first);
  }

  @Override
  public DomainEventStream readEvents(String stream) {
    return readEvents(stream, 0);
  }

  /** Asked once in a unit of work, whose commands see plans and taxes as they were then. */
  @Override
  public Optional<Long> lastSequenceNumberFor(String stream) {
    if (!CurrentUnitOfWork.isStarted() || stagedDomainEventMessages(stream).findAny().isPresent()) {
      return super.lastSequenceNumberFor(stream);
    }
    long last =
        ReadAhead.length(stream, () -> super.lastSequenceNumberFor(stream).orElse(NO_STREAM));
    return last == NO_STREAM ? Optional.empty() : Optional.of(last);
  }

  @Override
  protected void afterCommit(List<? extends EventMessage<?>> events) {
    if (TransactionSynchronizationManager.isSynchronizationActive()
        && TransactionSynchronizationManager.isActualTransactionActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              signal(events);
            }
          });
    } else {
      signal(events);
    }
  }

  private void signal(List<? extends EventMessage<?>> events) {
    super.afterCommit(events);
    if (!events.isEmpty()) {
      String last = events.getLast().getIdentifier();
      open.forEach(stream -> stream.signal(last));
    }
  }

  @Override
  public TrackingEventStream openStream(TrackingToken token) {
    WokenStream stream = new WokenStream(super.openStream(token));
    open.add(stream);
    return stream;
  }

  @Override
  public void shutDown() {
    alarm.shutdownNow();
    super.shutDown();
  }

  /**
   * Knows which event it was woken for, and looks again shortly while that has not come. Axon's
   * coordinator asks for a next event also after it has let another of its tasks in; its stream is
   * not made for two threads and would lose an event, so here they take turns.
   */
  private final class WokenStream implements TrackingEventStream {
    private final TrackingEventStream events;
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile Runnable callback = () -> {};
    private volatile String awaited;
    private volatile long patience;

    WokenStream(TrackingEventStream events) {
      this.events = events;
    }

    void signal(String event) {
      patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      awaited = event;
      call();
    }

    void call() {
      callback.run();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable onAvailable) {
      callback = onAvailable;
      return true;
    }

    @Override
    public synchronized boolean hasNextAvailable() {
      if (available(0)) {
        return true;
      }
      if (awaited == null || System.nanoTime() > patience) {
        return false;
      }
      if (available(WAIT_MILLIS)) {
        return true;
      }
      if (again.compareAndSet(false, true)) {
        alarm.schedule(
            () -> {
              again.set(false);
              call();
            },
            AGAIN_MILLIS,
            TimeUnit.MILLISECONDS);
      }
      return false;
    }

    @Override
    public synchronized boolean hasNextAvailable(int timeout, TimeUnit unit)
        throws InterruptedException {
      return events.hasNextAvailable(timeout, unit);
    }

    @Override
    public synchronized TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      TrackedEventMessage<?> next = events.nextAvailable();
      if (next.getIdentifier().equals(awaited)) {
        awaited = null;
      }
      return next;
    }

    @Override
    public synchronized Optional<TrackedEventMessage<?>> peek() {
      return events.peek();
    }

    @Override
    public synchronized void close() {
      open.remove(this);
      events.close();
    }

    private boolean available(int millis) {
      try {
        return events.hasNextAvailable(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
