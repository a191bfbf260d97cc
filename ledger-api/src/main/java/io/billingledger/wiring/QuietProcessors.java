package io.billingledger.wiring;

import java.time.Duration;
import java.util.Optional;

/** Looks at the processors. */
final class QuietProcessors implements Quiet {
  private static final long PAUSE_MILLIS = 5;

  /** What a saga sends leads to events, and these may wake another saga. */
  private static final int ROUNDS = 4;

  private final Processors processors;

  QuietProcessors(Processors processors) {
    this.processors = processors;
  }

  @Override
  public long head() {
    return processors.head();
  }

  @Override
  public void await(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    long reached = -1;
    for (int round = 0; round < ROUNDS; round++) {
      long head = processors.head();
      if (head == reached) {
        return;
      }
      await(head, end);
      reached = head;
    }
  }

  private void await(long position, long end) {
    for (Optional<String> behind = processors.behind(position);
        behind.isPresent();
        behind = processors.behind(position)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("not everybody has followed: " + behind.get());
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + behind.get(), e);
      }
    }
  }
}
