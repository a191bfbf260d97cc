package io.billingledger.wiring;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import io.billingledger.kernel.Rejected;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;

/** Everything that becomes due at some time: db-scheduler's tasks, deadlines first, and others. */
final class DueThings {
  private static final int ATTEMPTS = 3;

  private final LedgerClock clock;
  private final JdbcTemplate database;
  private final ManualScheduler scheduler;
  private final FailedTasks failed;
  private final ObjectProvider<DueWork> others;

  DueThings(
      LedgerClock clock,
      JdbcTemplate database,
      ManualScheduler scheduler,
      FailedTasks failed,
      ObjectProvider<DueWork> others) {
    this.clock = clock;
    this.database = database;
    this.scheduler = scheduler;
    this.failed = failed;
    this.others = others;
  }

  Optional<Instant> next() {
    return Stream.concat(
            nextTask().stream(), others.stream().flatMap(other -> other.nextDue().stream()))
        .min(Instant::compareTo);
  }

  /** Runs what is due now, in the order of its time; what fails is tried again a few times. */
  void run(long endNanos) {
    Map<String, Integer> attempts = new HashMap<>();
    while (isDue(nextTask()) && System.nanoTime() - endNanos < 0) {
      scheduler.runAnyDueExecutions();
      for (FailedTasks.Failure failure : failed.take()) {
        if (attempts.merge(failure.task().getTaskAndInstance(), 1, Integer::sum) == ATTEMPTS) {
          throw new Rejected(
              new TestClockRejection.NotSettled(clock.instant(), failure.describe()));
        }
        if (scheduler.getScheduledExecution(failure.task()).isPresent()) {
          scheduler.reschedule(failure.task(), clock.instant());
        }
      }
    }
    others.forEach(
        other -> {
          if (isDue(other.nextDue())) {
            other.runDue();
          }
        });
  }

  /** What is due or being done. */
  Optional<String> unfinished() {
    return Stream.concat(
            nextTask()
                .filter(at -> isDue(Optional.of(at)))
                .map(at -> "a deadline or task of " + at)
                .stream(),
            others.stream()
                // In this order: what is taken up in between is then seen as being done.
                .filter(other -> isDue(other.nextDue()) || other.busy())
                .map(other -> "the work of " + other.getClass().getSimpleName()))
        .findFirst();
  }

  private boolean isDue(Optional<Instant> at) {
    return at.isPresent() && !at.get().isAfter(clock.instant());
  }

  private Optional<Instant> nextTask() {
    return Optional.ofNullable(
            database.queryForObject(
                "SELECT min(execution_time) FROM scheduled_tasks WHERE NOT picked",
                Timestamp.class))
        .map(Timestamp::toInstant);
  }
}
