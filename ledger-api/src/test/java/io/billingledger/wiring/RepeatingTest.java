package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatingTest {

  /** A thread that ran before it was known gave up at once, now and then. */
  @Test
  void whatWasStartedWorks() throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      CountDownLatch twice = new CountDownLatch(2);
      Repeating repeating = new Repeating("test", Duration.ofNanos(1), twice::countDown, _ -> {});
      repeating.start();
      assertThat(twice.await(20, TimeUnit.SECONDS)).as("start %d", i).isTrue();
      repeating.stop();
      assertThat(repeating.isRunning()).isFalse();
    }
  }

  @Test
  void whatFailsIsToldAndTriedAgain() throws InterruptedException {
    AtomicInteger times = new AtomicInteger();
    List<String> told = new ArrayList<>();
    CountDownLatch third = new CountDownLatch(1);
    Repeating repeating =
        new Repeating(
            "test",
            Duration.ofMillis(1),
            () -> {
              if (times.incrementAndGet() < 3) {
                throw new IllegalStateException("away");
              }
              third.countDown();
            },
            failure -> told.add(failure.getMessage()));
    repeating.start();
    assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    repeating.stop();
    assertThat(told).containsExactly("away", "away");
  }

  @Test
  void withoutAPauseSomethingElseDrivesIt() {
    Repeating repeating = new Repeating("test", Duration.ZERO, () -> {}, _ -> {});
    repeating.start();
    assertThat(repeating.isRunning()).isFalse();
  }
}
