package io.billingledger.wiring;

import java.time.Duration;

/** How far the views have followed the event store; positions are its global index. */
public interface Positions {

  /**
   * Waits until every view has passed the position.
   *
   * @return false if they had not when the time was over
   */
  boolean await(long position, Duration atMost);
}
