package io.billingledger.run;

import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.RunId;
import io.billingledger.kernel.Scope;
import io.billingledger.run.Run.Item;
import io.billingledger.wiring.DueWork;
import io.billingledger.wiring.UnitsOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works on the runs that are open, also on those that a killed process has left. A lock in
 * PostgreSQL, which goes with its session, keeps two processes off the same run. Two runs of one
 * kind may work at the same time: what the first has done, the second finds done.
 */
public final class RunWorker implements SmartLifecycle, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
  private static final int BATCH = 50;
  private static final int AT_ONCE = 4;
  private static final int LONGEST_DETAIL = 500;
  private static final long POLL_MILLIS = 1000;
  private static final long PATIENCE_AT_STOP_MILLIS = 10_000;

  private final Runs runs;
  private final Map<RunKind, ItemWork> works;
  private final Reconciliation reconciliation;
  private final UnitsOfWork units;
  private final DataSource database;
  private final Clock clock;
  private final int shares;
  private final Semaphore wake = new Semaphore(0);
  private final Set<RunId> mine = ConcurrentHashMap.newKeySet();
  private volatile Thread thread;
  private ExecutorService workers;

  public RunWorker(
      Runs runs,
      Map<RunKind, ItemWork> works,
      Reconciliation reconciliation,
      UnitsOfWork units,
      DataSource database,
      Clock clock,
      int shares) {
    this.runs = runs;
    this.works = Map.copyOf(works);
    this.reconciliation = reconciliation;
    this.units = units;
    this.database = database;
    this.clock = clock;
    this.shares = shares;
    runs.whenAsked(wake::release);
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      workers =
          Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("run-", 0).factory());
      // Known before it runs: it goes on only while it is the one that is known.
      thread = Thread.ofPlatform().daemon().name("runs").unstarted(this::look);
      thread.start();
    }
  }

  /** Lets what is under way end its step; the run goes on with the next start. */
  @Override
  public synchronized void stop() {
    if (thread == null) {
      return;
    }
    thread = null;
    wake.release();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(PATIENCE_AT_STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public Optional<Instant> nextDue() {
    return Optional.empty();
  }

  /** The clock stands still while a run that changes something works. */
  @Override
  public boolean busy() {
    return runs.open().stream()
        .map(runs::read)
        .anyMatch(run -> run.kind() != RunKind.RECONCILIATION);
  }

  @Override
  public void runDue() {
    // Runs begin by themselves.
  }

  private void look() {
    while (thread == Thread.currentThread()) {
      try {
        Scope.allTenants(this::takeOpenOnes);
        if (wake.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        LOG.warn("runs wait", e); // most likely the database is away
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOpenOnes() {
    for (RunId run : runs.open()) {
      if (mine.size() < AT_ONCE && thread != null && mine.add(run)) {
        workers.execute(() -> Scope.allTenants(() -> take(run)));
      }
    }
  }

  private void take(RunId id) {
    try (Connection session = database.getConnection()) {
      if (locked(session, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", id)) {
        try {
          runs.begin(id, clock.instant()).ifPresent(this::work);
        } finally {
          locked(session, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", id);
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warn("run {} waits to be taken up again", id, e);
    } finally {
      mine.remove(id);
    }
  }

  private static boolean locked(Connection session, String query, RunId id) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(query)) {
      statement.setString(1, id.value());
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private void work(Run run) {
    try {
      if (run.kind() == RunKind.RECONCILIATION) {
        reconciliation.carryOut(run, () -> thread != null && !runs.stopWanted(run.id()));
      } else {
        items(run, works.get(run.kind()));
      }
      if (thread != null) {
        runs.finish(run.id(), clock.instant());
      }
    } catch (RuntimeException | Error e) {
      if (thread != null) {
        LOG.error("run {} failed", run.id(), e);
        runs.fail(run.id(), describe(e), clock.instant());
      }
    }
  }

  private void items(Run run, ItemWork work) {
    if (run.total() == null) {
      runs.select(run, work.selection(), shares);
    }
    List<Future<?>> working =
        IntStream.range(0, shares)
            .<Future<?>>mapToObj(
                share -> workers.submit(() -> Scope.allTenants(() -> share(run, work, share))))
            .toList();
    RuntimeException first = null;
    for (Future<?> future : working) {
      try {
        future.get();
      } catch (ExecutionException e) {
        first = new IllegalStateException("a part of the run ended", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        first = new IllegalStateException("interrupted", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void share(Run run, ItemWork work, int share) {
    for (List<Item> items = next(run, share); !items.isEmpty(); items = next(run, share)) {
      try {
        attempt(run, work, items);
      } catch (RuntimeException together) {
        items.forEach(item -> alone(run, work, item));
      }
    }
  }

  private List<Item> next(Run run, int share) {
    return thread == null ? List.of() : runs.next(run.id(), share, BATCH);
  }

  private void alone(Run run, ItemWork work, Item item) {
    if (thread == null) {
      return;
    }
    try {
      attempt(run, work, List.of(item));
    } catch (RuntimeException e) {
      if (!(e instanceof Rejected)) {
        LOG.warn("run {}: {} failed", run.id(), item.subjectId(), e);
      }
      runs.record(run.id(), List.of(item.with(RunOutcome.FAILED, describe(e))));
    }
  }

  /** Effects and report commit together; a dry run keeps the report only. */
  private void attempt(Run run, ItemWork work, List<Item> items) {
    List<Item> results =
        units.perform(
            () -> {
              causedBy(run, CurrentUnitOfWork.get());
              return work.carryOut(items, at(run));
            },
            _ -> !run.dryRun(),
            (done, _) -> runs.record(run.id(), done));
    if (run.dryRun()) {
      runs.record(
          run.id(),
          results.stream()
              .map(
                  item ->
                      item.outcome() == RunOutcome.DONE
                          ? item.with(RunOutcome.WOULD_DO, item.detail())
                          : item)
              .toList());
    }
  }

  /** Nothing is dated by as_of; a dry run alone looks at a later time as if it had come. */
  private Instant at(Run run) {
    Instant now = clock.instant();
    return run.dryRun() && run.asOf().isAfter(now) ? run.asOf() : now;
  }

  private static <T extends Message<?>> void causedBy(Run run, UnitOfWork<T> unit) {
    unit.transformMessage(
        message -> message.andMetaData(Map.of(MetaKeys.CORRELATION, run.id().value())));
  }

  private static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof Rejected)) {
      root = root.getCause();
    }
    String text =
        root instanceof Rejected refused
            ? refused.rejection().code() + ": " + refused.rejection().detail()
            : root.getClass().getSimpleName() + ": " + root.getMessage();
    return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
  }
}
