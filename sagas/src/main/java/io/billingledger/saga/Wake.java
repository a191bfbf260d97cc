package io.billingledger.saga;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.deadline.DeadlineManager;

/**
 * The one deadline of a saga: the instant at which it looks again, and the schedule to take it
 * back.
 *
 * @param at null while none is set
 */
public record Wake(Instant at, String scheduleId) {
  public static final Wake NONE = new Wake(null, null);

  /** Moves the deadline, if it is not where it should be already. */
  public Wake moveTo(Optional<Instant> next, String deadlineName, DeadlineManager deadlines) {
    if (next.equals(Optional.ofNullable(at))) {
      return this;
    }
    if (scheduleId != null) {
      deadlines.cancelSchedule(deadlineName, scheduleId);
    }
    return next.map(instant -> new Wake(instant, deadlines.schedule(instant, deadlineName)))
        .orElse(NONE);
  }
}
