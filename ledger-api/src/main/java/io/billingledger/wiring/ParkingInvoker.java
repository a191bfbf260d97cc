package io.billingledger.wiring;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessingException;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Hands a group's events to its handlers, each sequence in one segment, and parks what cannot be
 * processed. Batches go fast until one fails; it is rolled back and comes again slowly, checking
 * after every event, so that the guilty one is known. When that one has failed often enough it is
 * parked, and the batch comes again without it.
 */
final class ParkingInvoker implements EventHandlerInvoker {
  private final String group;
  private final EventHandlerInvoker handlers;
  private final ParkedEvents parked;
  private final int mostAttempts;
  private final Runnable flush;
  private final Comebacks comebacks;
  private final PerTenant sequences = new PerTenant();
  private final Set<Segment> slowly = ConcurrentHashMap.newKeySet();

  /** Segments of which nothing is parked. Only the owner of a segment parks its events. */
  private final Set<Segment> clear = ConcurrentHashMap.newKeySet();

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  /** How often a segment's batch was rolled back since one was committed. */
  private final Map<Segment, Integer> rollbacks = new ConcurrentHashMap<>();

  /**
   * @param flush brings to light what the database has to say about the event just handled
   */
  ParkingInvoker(
      String group,
      EventHandlerInvoker handlers,
      ParkedEvents parked,
      int mostAttempts,
      Runnable flush,
      Comebacks comebacks) {
    this.group = group;
    this.handlers = handlers;
    this.parked = parked;
    this.mostAttempts = mostAttempts;
    this.flush = flush;
    this.comebacks = comebacks;
  }

  @Override
  public boolean canHandle(EventMessage<?> event, Segment segment) {
    return segment.matches(sequences.getSequenceIdentifierFor(event))
        && handlers.canHandle(event, Segment.ROOT_SEGMENT);
  }

  @Override
  public boolean canHandleType(Class<?> payloadType) {
    return handlers.canHandleType(payloadType);
  }

  @Override
  public void handle(EventMessage<?> event, Segment segment) throws Exception {
    if (!canHandle(event, segment)) {
      return;
    }
    String sequence = sequences.getSequenceIdentifierFor(event);
    UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
    Set<String> blocked = blocked(batch, segment);
    if (blocked.contains(sequence) && parked.parkBehind(group, sequence, event)) {
      return;
    }
    try {
      handlers.handle(event, Segment.ROOT_SEGMENT);
      if (slowly.contains(segment)) {
        flush.run();
      }
    } catch (Exception e) {
      failed(event, sequence, e);
      throw e;
    } catch (Error e) {
      // As an error it would end the segment's work for good, unseen.
      Exception failure = new EventProcessingException("a handler failed with " + e, e);
      failed(event, sequence, failure);
      throw failure;
    }
  }

  @Override
  public boolean supportsReset() {
    return handlers.supportsReset();
  }

  @Override
  public void performReset() {
    performReset(null);
  }

  @Override
  public <R> void performReset(R context) {
    parked.forget(group);
    handlers.performReset(context);
  }

  @Override
  public void segmentReleased(Segment segment) {
    clear.remove(segment);
    handlers.segmentReleased(segment);
  }

  private void failed(EventMessage<?> event, String sequence, Exception cause) {
    if (Conflicts.isConflict(cause)) {
      return;
    }
    int attempts = failures.merge(event.getIdentifier(), 1, Integer::sum);
    if (attempts >= mostAttempts) {
      parked.park(group, sequence, event, cause, attempts);
      failures.remove(event.getIdentifier());
    }
  }

  /** Twice as long each time, up to five seconds. */
  private static Duration pause(int rollbacks) {
    return Duration.ofMillis(Math.min(5_000, 125L << Math.min(rollbacks, 6)));
  }

  /** Once for each batch: which sequences are blocked, and what its end means for the pace. */
  private Set<String> blocked(UnitOfWork<?> batch, Segment segment) {
    return batch.getOrComputeResource(
        "blocked/" + group,
        _ -> {
          batch.onRollback(
              _ -> {
                slowly.add(segment);
                clear.remove(segment);
                comebacks.after(
                    pause(rollbacks.merge(segment, 1, Integer::sum)), segment.getSegmentId());
              });
          batch.afterCommit(
              _ -> {
                slowly.remove(segment);
                rollbacks.remove(segment);
              });
          if (clear.contains(segment)) {
            return Set.of();
          }
          Set<String> blocked = parked.blocked(group);
          if (blocked.isEmpty()) {
            batch.afterCommit(_ -> clear.add(segment));
          }
          return blocked;
        });
  }
}
