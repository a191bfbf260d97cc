package io.billingledger.wiring;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Moves the clock from one due thing to the next: at each stop it runs what is due, and goes on
 * only when all that this set off is done.
 */
public final class TestClock {
  private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(8);

  /** How long a processor may be in error before that counts: most errors pass at a retry. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /**
   * Events lead to commands and those to events, but never in so many turns: what still comes then
   * is somebody else's, and he may go on while the clock moves.
   */
  private static final int TURNS = 20;

  private final LedgerClock clock;
  private final ClockGate gate;
  private final JdbcTemplate database;
  private final DueThings due;
  private final Processors processors;
  private final ObjectProvider<DeadLetters> deadLetters;
  private final Duration timeOut;
  private final ReentrantLock moving = new ReentrantLock();

  TestClock(
      LedgerClock clock,
      ClockGate gate,
      JdbcTemplate database,
      DueThings due,
      Processors processors,
      ObjectProvider<DeadLetters> deadLetters,
      Duration timeOut) {
    this.clock = clock;
    this.gate = gate;
    this.database = database;
    this.due = due;
    this.processors = processors;
    this.deadLetters = deadLetters;
    this.timeOut = timeOut;
  }

  /**
   * Where the clock stands now.
   *
   * @param steps at how many times it stopped on the way
   */
  public record Moved(Instant now, int steps) {}

  public Instant now() {
    return clock.instant();
  }

  /** To the same time: only settles. */
  public Moved advance(Instant to) {
    return advance(_ -> to);
  }

  /**
   * @param target from where the clock stands to where it shall stand
   * @throws Rejected when it does not get there; it then stands where it stopped
   */
  public Moved advance(UnaryOperator<Instant> target) {
    if (!moving.tryLock()) {
      throw new Rejected(new TestClockRejection.AlreadyMoving());
    }
    try {
      return Scope.allTenants(() -> move(target.apply(now()).truncatedTo(ChronoUnit.MICROS)));
    } finally {
      moving.unlock();
    }
  }

  private Moved move(Instant to) {
    if (to.isBefore(now())) {
      throw new Rejected(new TestClockRejection.Backwards(now(), to));
    }
    long end = System.nanoTime() + timeOut.toNanos();
    int steps = 0;
    settle(end);
    while (now().isBefore(to)) {
      Instant next = due.next().filter(at -> at.isBefore(to)).orElse(to);
      step(next.isBefore(now()) ? now() : next, end);
      steps++;
      settle(end);
    }
    return new Moved(now(), steps);
  }

  private void step(Instant next, long end) {
    try {
      boolean moved =
          gate.alone(
              end,
              () -> {
                database.update("UPDATE test_clock SET position = ?", Timestamp.from(next));
                clock.moveTo(next);
              });
      if (!moved) {
        throw timedOut("a transaction");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw timedOut("an interrupted wait");
    }
  }

  /** Until nothing is due, nobody at work, and every event handled by everybody. */
  private void settle(long end) {
    Pause pause = new Pause(end);
    int turns = 0;
    while (true) {
      due.run(end);
      long head = processors.head();
      follow(head, end);
      lookForDeadLetters();
      Optional<String> unfinished = due.unfinished();
      if (unfinished.isEmpty() && (processors.head() == head || ++turns == TURNS)) {
        return;
      }
      if (unfinished.isPresent()) {
        turns = 0;
        pause.because(unfinished.get());
      }
    }
  }

  private void follow(long head, long end) {
    Pause pause = new Pause(end);
    long brokenSince = 0;
    for (Optional<String> behind = processors.behind(head);
        behind.isPresent();
        behind = processors.behind(head)) {
      Optional<String> broken = processors.broken();
      if (broken.isEmpty()) {
        brokenSince = 0;
      } else if (brokenSince == 0) {
        brokenSince = System.nanoTime();
      } else if (System.nanoTime() - brokenSince > PATIENCE) {
        throw new Rejected(new TestClockRejection.NotSettled(now(), broken.get()));
      }
      pause.because(behind.get());
    }
  }

  private void lookForDeadLetters() {
    List<DeadLetters.Letter> letters =
        deadLetters.stream().flatMap(all -> all.list().stream()).toList();
    if (!letters.isEmpty()) {
      DeadLetters.Letter first = letters.getFirst();
      throw new Rejected(
          new TestClockRejection.NotSettled(
              now(),
              "%s could not process event %s (%s) of %s because of %s%s"
                  .formatted(
                      first.group(),
                      first.eventName(),
                      first.eventId(),
                      first.sequence(),
                      first.cause(),
                      letters.size() == 1 ? "" : ", and %d more".formatted(letters.size() - 1))));
    }
  }

  private Rejected timedOut(String unfinished) {
    return new Rejected(new TestClockRejection.TimedOut(now(), unfinished));
  }

  /** Waits a little, and a little longer each time, until the time is over. */
  private final class Pause {
    private final long end;
    private long nanos = SHORTEST_PAUSE;

    Pause(long end) {
      this.end = end;
    }

    void because(String unfinished) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        throw timedOut(unfinished);
      }
      LockSupport.parkNanos(nanos);
      nanos = Math.min(nanos * 2, LONGEST_PAUSE);
    }
  }
}
