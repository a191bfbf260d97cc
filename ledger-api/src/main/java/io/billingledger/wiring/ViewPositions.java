package io.billingledger.wiring;

import io.billingledger.view.ViewGroups;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.springframework.beans.factory.ObjectProvider;

/** Looks at the view processors' own account of how far they are. */
final class ViewPositions implements Positions {
  private static final long PAUSE_MILLIS = 2;

  private final ObjectProvider<EventProcessingConfiguration> processing;

  ViewPositions(ObjectProvider<EventProcessingConfiguration> processing) {
    this.processing = processing;
  }

  @Override
  public boolean await(long position, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!passed(position)) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean passed(long position) {
    Map<String, EventProcessor> processors = processing.getObject().eventProcessors();
    return ViewGroups.ALL.stream()
        .filter(processors::containsKey)
        .map(group -> ((StreamingEventProcessor) processors.get(group)).processingStatus().values())
        .allMatch(segments -> passed(segments, position));
  }

  private static boolean passed(Collection<EventTrackerStatus> segments, long position) {
    double share = 0;
    for (EventTrackerStatus segment : segments) {
      if (!passed(segment.getTrackingToken(), position)) {
        return false;
      }
      share += 1.0 / (segment.getSegment().getMask() + 1);
    }
    // Less than all: a segment is being claimed, or failing and about to come again.
    return share >= 1;
  }

  private static boolean passed(TrackingToken token, long position) {
    return switch (WrappedToken.unwrapLowerBound(token)) {
      case null -> false;
      case GapAwareTrackingToken gaps ->
          gaps.getIndex() >= position && !gaps.getGaps().contains(position);
      case TrackingToken other -> other.position().orElse(-1) >= position;
    };
  }
}
