package io.billingledger.wiring;

import org.springframework.context.SmartLifecycle;

/** A worker that begins and ends with the application: its {@link Repeating} does both. */
public interface Repeated extends SmartLifecycle {
  Repeating repeating();

  @Override
  default void start() {
    repeating().start();
  }

  @Override
  default void stop() {
    repeating().stop();
  }

  @Override
  default boolean isRunning() {
    return repeating().isRunning();
  }
}
