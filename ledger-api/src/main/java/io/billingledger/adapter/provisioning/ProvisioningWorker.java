package io.billingledger.adapter.provisioning;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.provisioning.ProvisioningCommand.CompleteTask;
import io.billingledger.provisioning.ProvisioningCommand.FailTask;
import io.billingledger.provisioning.ProvisioningCommand.StartTask;
import io.billingledger.wiring.DueWork;
import io.billingledger.wiring.UnitsOfWork;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * Does the queued tasks on threads of its own: takes one, says that it begins, has it done, and
 * brings the outcome back as a command; the task leaves the queue in the outcome's transaction.
 * Whoever is killed in between leaves a task that is begun again.
 */
public final class ProvisioningWorker implements SmartLifecycle, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(ProvisioningWorker.class);
  private static final Actor ACTOR = Actor.system("provisioning");
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 1000;
  private static final long PATIENCE_AT_STOP_MILLIS = 10_000;

  private final TaskQueue queue;
  private final TenantProvisioningOrchestrator orchestrator;
  private final Commands commands;
  private final UnitsOfWork units;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final int threads;
  private final String name;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean on;

  ProvisioningWorker(
      TaskQueue queue,
      TenantProvisioningOrchestrator orchestrator,
      Commands commands,
      UnitsOfWork units,
      TransactionTemplate transaction,
      Clock clock,
      int threads) {
    this.queue = queue;
    this.orchestrator = orchestrator;
    this.commands = commands;
    this.units = units;
    this.transaction = transaction;
    this.clock = clock;
    this.threads = threads;
    this.name =
        ManagementFactory.getRuntimeMXBean().getName() + "/" + System.identityHashCode(this);
  }

  /** There may be something to do. */
  void wake() {
    wake.release(threads);
  }

  /** When the oldest task was queued that nobody is doing. */
  @Override
  public Optional<Instant> nextDue() {
    return inTransaction(queue::nextFree);
  }

  /** Whether a task is being done, here or by another process. */
  @Override
  public boolean busy() {
    return running.get() > 0 || inTransaction(queue::size) > 0;
  }

  /** Starts to do what is queued. */
  @Override
  public void runDue() {
    wake();
  }

  /** Does one task, if there is any that nobody else is doing. */
  boolean workOnce() throws InterruptedException {
    running.incrementAndGet();
    try {
      Optional<ProvisioningTask> taken = inTransaction(() -> queue.take(name, LEASE));
      if (taken.isPresent()) {
        ProvisioningTask task = taken.get();
        try {
          work(task);
        } catch (RuntimeException | Error e) {
          keep(task, Duration.ofMillis(POLL_MILLIS)); // and then anybody's
          throw e;
        }
      }
      return taken.isPresent();
    } finally {
      running.decrementAndGet();
    }
  }

  private void work(ProvisioningTask task) throws InterruptedException {
    boolean wanted =
        inUnitOfWork(
            () -> {
              boolean answer =
                  commands.send(
                      new StartTask(
                          task.provisioningId(),
                          task.operation(),
                          task.step(),
                          task.attempt(),
                          clock.instant()),
                      ACTOR);
              if (!answer) {
                queue.remove(task);
              }
              return answer;
            });
    if (!wanted) {
      LOG.info("provisioning of tenant {}: {} is not wanted any more", task.tenantId(), task);
      return;
    }
    ProvisioningResult result = orchestrator.perform(task, () -> keep(task, LEASE));
    inUnitOfWork(
        () -> {
          commands.send(outcome(task, result), ACTOR);
          queue.remove(task);
          return null;
        });
  }

  private Object outcome(ProvisioningTask task, ProvisioningResult result) {
    return switch (result) {
      case ProvisioningResult.Done done ->
          new CompleteTask(
              task.provisioningId(),
              task.operation(),
              task.step(),
              task.attempt(),
              done.words(),
              clock.instant());
      case ProvisioningResult.Failed failed ->
          new FailTask(
              task.provisioningId(),
              task.operation(),
              task.step(),
              task.attempt(),
              failed.words(),
              failed.retryable(),
              clock.instant());
    };
  }

  private void keep(ProvisioningTask task, Duration lease) {
    try {
      inTransaction(
          () -> {
            queue.keep(task, name, lease);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.warn("provisioning of tenant {}: no sign of life given", task.tenantId(), e);
    }
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Scope.allTenants(() -> transaction.execute(_ -> work.get()));
  }

  private <T> T inUnitOfWork(Supplier<T> work) {
    return Scope.allTenants(() -> units.perform(work));
  }

  @Override
  public synchronized void start() {
    if (on) {
      return;
    }
    on = true;
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().daemon().name("provisioning-worker-" + i).start(this::run));
    }
  }

  private void run() {
    while (on) {
      try {
        if (!workOnce() && wake.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        // The task stays in the queue and is begun again, with the same attempt.
        LOG.error("provisioning: the outcome of a task could not be brought back", e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets attempts that are under way end, for a while; what is left is begun again later. */
  @Override
  public synchronized void stop() {
    on = false;
    wake();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_AT_STOP_MILLIS);
    try {
      for (Thread worker : workers) {
        worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.clear();
  }

  @Override
  public boolean isRunning() {
    return on;
  }
}
