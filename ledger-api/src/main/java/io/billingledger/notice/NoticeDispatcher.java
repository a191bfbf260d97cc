package io.billingledger.notice;

import io.billingledger.kernel.Scope;
import io.billingledger.wiring.DueWork;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is due by the ledger's clock: takes a notice (one transaction), hands it to the
 * notifier (none), marks the outcome (another). Several dispatchers share the work; one that dies
 * in between leaves a notice that is attempted again.
 *
 * <p>Runs on a thread of its own, woken by each recording; a movable clock drives it as well.
 */
public class NoticeDispatcher implements SmartLifecycle, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeDispatcher.class);
  private static final long PATIENCE_AT_STOP_MS = 15_000;

  private final Notices notices;
  private final Notifier notifier;
  private final NoticeSettings settings;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Semaphore wake = new Semaphore(0);
  private volatile Thread thread;

  public NoticeDispatcher(
      Notices notices,
      Notifier notifier,
      NoticeSettings settings,
      TransactionTemplate transactions,
      Clock clock) {
    this.notices = notices;
    this.notifier = notifier;
    this.settings = settings;
    this.transactions = transactions;
    this.clock = clock;
    notices.whenRecorded(wake::release);
  }

  /**
   * Attempts everything that is due now, once.
   *
   * @return how many attempts were made
   */
  public int dispatchDue() {
    int attempts = 0;
    while (attemptOne()) {
      attempts++;
    }
    return attempts;
  }

  /** Nothing is due, and nothing is on its way. */
  public boolean idle() {
    // In this order: what is taken in between is still seen on its way.
    return inTransaction(() -> notices.due(clock.instant())) == 0 && inFlight.get() == 0;
  }

  @Override
  public Optional<Instant> nextDue() {
    return settings.dispatch() ? inTransaction(notices::nextAttempt) : Optional.empty();
  }

  @Override
  public boolean busy() {
    return inFlight.get() > 0;
  }

  @Override
  public void runDue() {
    dispatchDue();
  }

  private boolean attemptOne() {
    inFlight.incrementAndGet();
    try {
      Optional<Notice> taken = inTransaction(() -> notices.take(clock.instant(), settings));
      taken.ifPresent(this::attempt);
      return taken.isPresent();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void attempt(Notice notice) {
    try {
      notifier.send(notice);
    } catch (Exception failure) {
      failed(notice, failure);
      return;
    }
    inTransaction(
        () -> {
          notices.markSent(notice, clock.instant());
          return null;
        });
  }

  private void failed(Notice notice, Exception failure) {
    boolean forGood = notice.attempts() >= settings.attempts();
    String error = describe(failure);
    inTransaction(
        () -> {
          notices.markFailed(notice, error, forGood, clock.instant());
          return null;
        });
    if (forGood) {
      LOG.error("notice {} given up after {} attempts", notice.key(), notice.attempts(), failure);
    } else {
      LOG.warn(
          "notice {}: attempt {} failed, next at {}: {}",
          notice.key(),
          notice.attempts(),
          notice.nextAttemptAt(),
          error);
    }
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).strip();
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : "; ")
            .append(cause.getClass().getSimpleName())
            .append(": ")
            .append(message);
      }
    }
    return text.toString();
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Scope.allTenants(() -> transactions.execute(status -> work.get()));
  }

  @Override
  public synchronized void start() {
    if (thread == null && settings.dispatch()) {
      // Known before it runs: it goes on only while it is the one that is known.
      thread = Thread.ofPlatform().name("notices").daemon().unstarted(this::run);
      thread.start();
    }
  }

  private void run() {
    while (thread == Thread.currentThread()) {
      try {
        dispatchDue();
      } catch (RuntimeException | Error e) {
        // Most likely the database is away; what was taken comes back by itself.
        LOG.warn("notices wait: {}", describe(e));
      }
      try {
        if (wake.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Lets an attempt that is under way end, so that it is not repeated without need. */
  @Override
  public synchronized void stop() {
    Thread stopping = thread;
    if (stopping == null) {
      return;
    }
    thread = null;
    wake.release();
    try {
      stopping.join(PATIENCE_AT_STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
