package io.billingledger.wiring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Takes up the work of a segment again after its batch was rolled back. Axon pauses such a segment
 * for longer each time, up to a minute; and while the failed work is being ended, it may release
 * once more a segment that was just claimed. So whether it is at work is looked at for as long as
 * that longest pause, and it is claimed whenever it is not.
 */
final class Comebacks {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  /** Longer than Axon's longest pause. */
  private static final Duration LOOKS = Duration.ofSeconds(65);

  private final IntPredicate idle;
  private final IntConsumer claim;
  private final ScheduledExecutorService threads;

  /** How often each segment came back; only its last comeback is looked after. */
  private final Map<Integer, Integer> turns = new ConcurrentHashMap<>();

  /**
   * @param idle whether this process should work at a segment, and does not
   * @param claim has it claimed by this process, unless another has it
   */
  Comebacks(IntPredicate idle, IntConsumer claim, ScheduledExecutorService threads) {
    this.idle = idle;
    this.claim = claim;
    this.threads = threads;
  }

  void after(Duration pause, int segment) {
    look(segment, turns.merge(segment, 1, Integer::sum), pause, LOOKS);
  }

  private void look(int segment, int turn, Duration pause, Duration rest) {
    if (rest.isNegative() || threads.isShutdown()) {
      return;
    }
    threads.schedule(
        () -> {
          if (turns.get(segment) == turn) {
            if (idle.test(segment)) {
              claim.accept(segment);
            }
            look(segment, turn, LOOK_AGAIN, rest.minus(LOOK_AGAIN));
          }
        },
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
