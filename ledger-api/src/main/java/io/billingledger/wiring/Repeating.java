package io.billingledger.wiring;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Work that a thread of its own does again and again, with a pause before each time. What fails is
 * told and tried again: most likely the database is away.
 */
public final class Repeating {
  private final String name;
  private final Duration pause;
  private final Runnable work;
  private final Consumer<Throwable> failed;
  private volatile Thread thread;

  /**
   * @param pause zero where something else drives the work: then nothing starts here
   */
  public Repeating(String name, Duration pause, Runnable work, Consumer<Throwable> failed) {
    this.name = name;
    this.pause = pause;
    this.work = work;
    this.failed = failed;
  }

  public synchronized void start() {
    if (thread == null && pause.isPositive()) {
      // Known before it runs: it goes on only while it is the one that is known.
      thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
      thread.start();
    }
  }

  private void run() {
    while (thread == Thread.currentThread()) {
      try {
        Thread.sleep(pause);
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        failed.accept(e);
      }
    }
  }

  public synchronized void stop() {
    Thread stopping = thread;
    if (stopping != null) {
      thread = null;
      stopping.interrupt();
    }
  }

  public boolean isRunning() {
    return thread != null;
  }
}
