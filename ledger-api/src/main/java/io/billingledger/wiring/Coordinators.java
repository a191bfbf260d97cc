package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that hand events to the segments of processors. Where a segment's buffer is full, Axon
 * looks for room again after a tenth of a second and cannot be woken; a segment has long been idle
 * then, so here it looks sooner.
 */
final class Coordinators extends ScheduledThreadPoolExecutor {
  private static final int THREADS = 4;

  /** What Axon waits while a buffer is full, and only then. */
  private static final long FULL_MILLIS = 100;

  private static final long LOOK_AGAIN_MILLIS = 20;

  Coordinators() {
    super(
        THREADS,
        Scope.allTenantsThreads(Thread.ofPlatform().daemon().name("coordinator-", 0).factory()));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return unit.toMillis(delay) == FULL_MILLIS
        ? super.schedule(task, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
        : super.schedule(task, delay, unit);
  }
}
