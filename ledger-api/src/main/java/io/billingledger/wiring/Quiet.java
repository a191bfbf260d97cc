package io.billingledger.wiring;

import java.time.Duration;

/** Whether those who follow the event store, views and sagas alike, have nothing left to do. */
public interface Quiet {

  /** The position of the last event; 0 before the first one. */
  long head();

  /**
   * Waits until they have handled all events up to the present end, and those that this led to. In
   * a ledger that is in use there are always more: it does not wait for these.
   *
   * @throws IllegalStateException when somebody was still behind when the time was over
   */
  void await(Duration atMost);
}
