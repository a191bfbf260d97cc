package io.billingledger.wiring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps the movable clock still while anybody works: every transaction holds the gate shared, the
 * clock moves while nobody does. So no event carries a time outside its step, and no append is in
 * flight when the event store judges the age of a gap. Fair, and re-entrant for its holder. Real
 * time asks nobody: then the gate always stands open.
 */
final class ClockGate {
  private static final Duration ATTEMPT = Duration.ofMillis(250);

  /** Null: always open. */
  private final ReentrantReadWriteLock lock;

  private ClockGate(ReentrantReadWriteLock lock) {
    this.lock = lock;
  }

  static ClockGate open() {
    return new ClockGate(null);
  }

  static ClockGate guarding() {
    return new ClockGate(new ReentrantReadWriteLock(true));
  }

  void enter() {
    if (lock != null) {
      lock.readLock().lock();
    }
  }

  void leave() {
    if (lock != null) {
      lock.readLock().unlock();
    }
  }

  /**
   * Runs the work while nobody is inside. Waits in short attempts, so that somebody inside who
   * waits for somebody outside delays us, and does not wait for us.
   *
   * @return false if somebody was inside until the end
   */
  boolean alone(long endNanos, Runnable work) throws InterruptedException {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException("the clock does not move within a transaction");
    }
    while (!lock.writeLock().tryLock(ATTEMPT.toNanos(), TimeUnit.NANOSECONDS)) {
      if (System.nanoTime() - endNanos > 0) {
        return false;
      }
    }
    try {
      work.run();
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
