package io.billingledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs one action from many threads for a while, and counts how often it was done in a second. */
final class Load {
  private final int threads;
  private final Duration lasting;

  Load(int threads, Duration lasting) {
    this.threads = threads;
    this.lasting = lasting;
  }

  /** As long, from so many threads. */
  Load by(int number) {
    return new Load(number, lasting);
  }

  int threads() {
    return threads;
  }

  /**
   * @param action gets the number of its thread; when it throws, the measurement fails
   */
  double perSecond(IntConsumer action) throws Exception {
    long start = System.nanoTime();
    long end = start + lasting.toNanos();
    long done = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        counts.add(
            pool.submit(
                () -> {
                  long count = 0;
                  while (System.nanoTime() < end) {
                    action.accept(thread);
                    count++;
                  }
                  return count;
                }));
      }
      for (Future<Long> count : counts) {
        done += count.get();
      }
    }
    return done * 1e9 / (System.nanoTime() - start);
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
