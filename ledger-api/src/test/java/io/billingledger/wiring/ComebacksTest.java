package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A segment whose batch failed is taken up again, however late it is released. */
class ComebacksTest {
  private final Hours hours = new Hours();
  private final List<Long> claims = new ArrayList<>();

  /** When the segment is lost: from the first number of milliseconds until it is claimed. */
  private final PriorityQueue<Long> losses = new PriorityQueue<>();

  private final Comebacks comebacks =
      new Comebacks(_ -> !losses.isEmpty() && losses.peek() <= hours.now, this::claim, hours);

  @Test
  void aSegmentIsClaimedAfterThePause() {
    losses.add(0L);
    comebacks.after(Duration.ofMillis(250), 1);
    hours.pass();
    assertThat(claims).containsExactly(250L);
  }

  @Test
  void whatIsReleasedOnceMoreIsClaimedOnceMore() {
    losses.addAll(List.of(0L, 400L, 30_000L, 59_900L));
    comebacks.after(Duration.ofMillis(250), 1);
    hours.pass();
    assertThat(claims).containsExactly(250L, 750L, 30_250L, 60_250L);
  }

  @Test
  void onlyTheLastComebackIsLookedAfter() {
    comebacks.after(Duration.ofMillis(250), 1);
    comebacks.after(Duration.ofMillis(500), 1);
    losses.add(0L);
    hours.pass();
    assertThat(claims).containsExactly(500L);
    assertThat(hours.tasks).isEmpty();
  }

  private void claim(int segment) {
    assertThat(segment).isEqualTo(1);
    claims.add(hours.now);
    losses.remove();
  }

  /** Runs what is due in the order of its time, which passes at once. */
  private static final class Hours extends ScheduledThreadPoolExecutor {
    private record Task(long at, Runnable work) {}

    private final PriorityQueue<Task> tasks =
        new PriorityQueue<>(Comparator.comparingLong(Task::at));
    private long now;

    private Hours() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
      tasks.add(new Task(now + unit.toMillis(delay), work));
      return null;
    }

    private void pass() {
      while (!tasks.isEmpty()) {
        Task next = tasks.remove();
        now = next.at();
        next.work().run();
      }
    }
  }
}
