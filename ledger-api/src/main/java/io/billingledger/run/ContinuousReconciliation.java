package io.billingledger.run;

import io.billingledger.kernel.Scope;
import io.billingledger.run.Checks.Question;
import io.billingledger.wiring.Quiet;
import io.billingledger.wiring.Repeating;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks every question again and again, and keeps what is found. While nothing has happened nothing
 * is asked, but for once in a while. What takes long, digests and rebuilt views, is looked at by
 * runs, which are kept the same way.
 */
public final class ContinuousReconciliation implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ContinuousReconciliation.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);

  private final Asking asking;
  private final Breaks breaks;
  private final BreakHistory history;
  private final Quiet quiet;
  private final Clock clock;
  private final Repeating repeating;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private long lookedAt = -1;
  private Instant last = Instant.EPOCH;

  ContinuousReconciliation(
      Asking asking,
      Breaks breaks,
      BreakHistory history,
      Quiet quiet,
      Clock clock,
      Duration pause) {
    this.asking = asking;
    this.breaks = breaks;
    this.history = history;
    this.quiet = quiet;
    this.clock = clock;
    this.repeating =
        new Repeating(
            "reconciliation",
            pause,
            this::look,
            failure -> LOG.warn("reconciliation waits: {}", failure.toString()));
  }

  /** Asks everything now. */
  public void evaluate() {
    oneAtATime.lock();
    try {
      lookedAt = quiet.head();
      last = clock.instant();
      Scope.allTenants(
          () -> {
            breaks.record(Checks.LAG, lag(), clock.instant());
            for (Question question : Checks.ALL) {
              breaks.record(question.name(), found(question), clock.instant());
            }
            return null;
          });
      history.tell();
    } finally {
      oneAtATime.unlock();
    }
  }

  private void look() {
    if (quiet.head() != lookedAt || last.plus(AT_LEAST_EVERY).isBefore(clock.instant())) {
      evaluate();
    }
  }

  private List<Finding> found(Question question) {
    List<Finding> found = asking.look(question, clock.instant());
    if (!found.isEmpty() && lag().isEmpty()) {
      found = Asking.both(found, asking.look(question, clock.instant()));
    }
    return found;
  }

  private List<Finding> lag() {
    try {
      quiet.await(PATIENCE);
      return List.of();
    } catch (IllegalStateException behind) {
      return List.of(new Finding("processors", null, null, null, behind.getMessage()));
    }
  }

  @Override
  public void start() {
    repeating.start();
  }

  @Override
  public void stop() {
    repeating.stop();
  }

  @Override
  public boolean isRunning() {
    return repeating.isRunning();
  }
}
