package io.billingledger.wiring;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How far all event processors, of views and sagas alike, have followed the event store. */
final class Processors {
  private final JdbcTemplate database;
  private final TransactionTemplate transaction;
  private final EventStore events;
  private final ObjectProvider<EventProcessingConfiguration> processing;

  Processors(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      EventStore events,
      ObjectProvider<EventProcessingConfiguration> processing) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.processing = processing;
  }

  /** The position of the last event; 0 before the first one. */
  long head() {
    TrackingToken head = events.createHeadToken();
    return head == null ? 0 : Math.max(0, head.position().orElse(0));
  }

  /** Who has not handled everything up to the position. */
  Optional<String> behind(long position) {
    Set<Long> gaps = new TreeSet<>();
    for (StreamingEventProcessor processor : streaming().toList()) {
      // One look at it all: a segment that is just being claimed again must not be overlooked.
      Map<Integer, EventTrackerStatus> segments = Map.copyOf(processor.processingStatus());
      if (!isWhole(segments)) {
        return Optional.of(processor.getName() + " does not run for all segments");
      }
      for (EventTrackerStatus segment : segments.values()) {
        TrackingToken token = WrappedToken.unwrapLowerBound(segment.getTrackingToken());
        if (position > 0 && (token == null || token.position().orElse(0) < position)) {
          return Optional.of(
              "%s is at event %s of %d"
                  .formatted(
                      processor.getName(),
                      token == null ? "0" : token.position().orElse(0),
                      position));
        }
        if (token instanceof GapAwareTrackingToken aware) {
          gaps.addAll(aware.getGaps());
        }
      }
    }
    // A gap is an append that was undone, or an event that came late and is still to be handled.
    return gaps.isEmpty() || !exist(gaps)
        ? broken()
        : Optional.of("a processor has not seen a late event");
  }

  /** Who cannot go on: stopped, in error, or without a part of its segments. */
  Optional<String> broken() {
    return streaming()
        .map(
            processor -> {
              Map<Integer, EventTrackerStatus> segments = processor.processingStatus();
              Optional<Throwable> error =
                  segments.values().stream()
                      .map(EventTrackerStatus::getError)
                      .filter(Objects::nonNull)
                      .findFirst();
              if (error.isPresent() || processor.isError()) {
                return processor.getName() + " fails" + error.map(e -> " with " + e).orElse("");
              }
              return processor.isRunning() && isWhole(segments)
                  ? null
                  : processor.getName() + " does not run, or not for all segments";
            })
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static boolean isWhole(Map<Integer, EventTrackerStatus> segments) {
    return segments.values().stream()
            .mapToDouble(segment -> 1.0 / (segment.getSegment().getMask() + 1))
            .sum()
        >= 1;
  }

  private Stream<StreamingEventProcessor> streaming() {
    return processing.getObject().eventProcessors().values().stream()
        .filter(StreamingEventProcessor.class::isInstance)
        .map(StreamingEventProcessor.class::cast);
  }

  private boolean exist(Set<Long> positions) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ ->
                database.queryForObject(
                    "SELECT EXISTS"
                        + " (SELECT FROM domain_event_entry WHERE global_index = ANY (?))",
                    Boolean.class,
                    (Object) positions.toArray(Long[]::new))));
  }
}
