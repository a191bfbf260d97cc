package io.billingledger.run;

import io.billingledger.kernel.Scope;
import io.billingledger.run.Checks.Question;
import io.billingledger.wiring.Quiet;
import io.billingledger.wiring.Repeated;
import io.billingledger.wiring.Repeating;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every question again and again, and keeps what is found: of those tenants to whom something
 * has happened, and of the whole ledger what is new in it. Every so often, and on demand, it
 * sweeps: it asks about everybody, and so finds what was changed without an event, and what only
 * time breaks. What takes long, digests and rebuilt views, is looked at by runs, which are kept the
 * same way.
 */
public final class ContinuousReconciliation implements Repeated {
  private static final Logger LOG = LoggerFactory.getLogger(ContinuousReconciliation.class);

  private final Asking asking;
  private final Changed changed;
  private final UsageCounts usage;
  private final Breaks breaks;
  private final BreakHistory history;
  private final Quiet quiet;
  private final Clock clock;
  private final Pace pace;
  private final Repeating repeating;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private Optional<Progress> progress = Optional.empty();

  /**
   * @param pause between two looks; zero where nobody looks by himself
   * @param sweepEvery how long after a look at everybody there is the next one
   * @param patience how long views and sagas may take to follow before that is a break itself
   */
  public record Pace(Duration pause, Duration sweepEvery, Duration patience) {}

  ContinuousReconciliation(
      Asking asking,
      Changed changed,
      UsageCounts usage,
      Breaks breaks,
      BreakHistory history,
      Quiet quiet,
      Clock clock,
      Pace pace) {
    this.asking = asking;
    this.changed = changed;
    this.usage = usage;
    this.breaks = breaks;
    this.history = history;
    this.quiet = quiet;
    this.clock = clock;
    this.pace = pace;
    this.repeating =
        new Repeating(
            "reconciliation",
            pace.pause(),
            this::look,
            failure -> LOG.warn("reconciliation waits: {}", failure.toString()));
  }

  /**
   * How far the looks are. An event may be committed after one with a later position; so what a
   * look begins with is where the one before the last ended, and every event is looked at twice.
   *
   * @param before where the look before the last one ended
   * @param last where the last one ended
   * @param swept when everybody was looked at
   */
  private record Progress(long before, long last, Instant swept) {
    Progress to(long head) {
      return new Progress(last, head, swept);
    }
  }

  /** Asks everything about everybody now. */
  public void evaluate() {
    locked(this::sweep);
  }

  /** Asks about those to whom something has happened; about everybody when that is due. */
  public void look() {
    locked(
        () -> {
          if (progress.isEmpty() || isSweepDue(progress.get())) {
            sweep();
          } else {
            follow(progress.get());
          }
        });
  }

  private boolean isSweepDue(Progress known) {
    return known.swept().plus(pace.sweepEvery()).isBefore(clock.instant());
  }

  private void sweep() {
    long head = quiet.head();
    Instant now = clock.instant();
    ask(Reach.EVERYBODY, 0);
    progress = Optional.of(new Progress(progress.map(Progress::last).orElse(head), head, now));
  }

  private void follow(Progress known) {
    long head = quiet.head();
    if (head > known.before()) {
      Optional<Changed.Since> since = changed.since(known.before(), head);
      if (since.isEmpty()) {
        sweep();
        return;
      }
      if (since.get().any()) {
        ask(new Reach(since.get().tenants()), known.before());
      }
    }
    progress = Optional.of(known.to(head));
  }

  private void ask(Reach reach, long since) {
    breaks.record(Checks.LAG, Reach.EVERYBODY, lag(), clock.instant());
    usage.follow(reach);
    for (Question question : Checks.ALL) {
      if (question.ofTenants()) {
        breaks.record(question.name(), reach, found(question, reach), clock.instant());
      } else if (reach.isEverybody() || isWorthAsking(question, since)) {
        breaks.record(
            question.name(), Reach.EVERYBODY, found(question, Reach.EVERYBODY), clock.instant());
      } else {
        breaks.nothingNew(question.name(), clock.instant());
      }
    }
    history.tell();
  }

  /** What is broken is asked about until it is not, and what is new may break it. */
  private boolean isWorthAsking(Question question, long since) {
    return question.recent() == null
        || breaks.anyOpen(question.name())
        || !asking.recent(question, since).isEmpty();
  }

  private List<Finding> found(Question question, Reach reach) {
    List<Finding> found = asking.look(question, reach, clock.instant());
    if (!found.isEmpty() && lag().isEmpty()) {
      found = Asking.both(found, asking.look(question, reach, clock.instant()));
    }
    return found;
  }

  private List<Finding> lag() {
    try {
      quiet.await(pace.patience());
      return List.of();
    } catch (IllegalStateException behind) {
      return List.of(new Finding("processors", null, null, null, behind.getMessage()));
    }
  }

  private void locked(Runnable work) {
    oneAtATime.lock();
    try {
      Scope.allTenants(work);
    } finally {
      oneAtATime.unlock();
    }
  }

  @Override
  public Repeating repeating() {
    return repeating;
  }
}
