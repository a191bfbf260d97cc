package io.billingledger.wiring;

import io.billingledger.kernel.Rejection;
import java.time.Instant;

/** Why the movable clock does not move, or not all the way. */
public sealed interface TestClockRejection extends Rejection {

  @Override
  default Kind kind() {
    return Kind.CONFLICT;
  }

  record Backwards(Instant now, Instant to) implements TestClockRejection {
    @Override
    public String code() {
      return "test-clock.backwards";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The clock stands at %s and does not go back to %s.".formatted(now, to);
    }
  }

  record AlreadyMoving() implements TestClockRejection {
    @Override
    public String code() {
      return "test-clock.already-moving";
    }

    @Override
    public String detail() {
      return "Somebody else is moving the clock.";
    }
  }

  /** Something failed and stays so until a person looks at it. */
  record NotSettled(Instant now, String failed) implements TestClockRejection {
    @Override
    public String code() {
      return "test-clock.not-settled";
    }

    @Override
    public String detail() {
      return "The clock stopped at %s: %s.".formatted(now, failed);
    }
  }

  record TimedOut(Instant now, String unfinished) implements TestClockRejection {
    @Override
    public String code() {
      return "test-clock.timed-out";
    }

    @Override
    public String detail() {
      return "The clock stopped at %s, because this was not done in time: %s."
          .formatted(now, unfinished);
    }
  }
}
