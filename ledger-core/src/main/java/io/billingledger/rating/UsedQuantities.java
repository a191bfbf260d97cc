package io.billingledger.rating;

import java.time.Instant;

/**
 * What was used, as rating asks for it. A record belongs to the first span of its subscription that
 * was not closed when it was accepted, so that nothing accepted is ever unbilled; what corrections
 * take back beyond what was used is carried to the next span, so that no quantity is negative.
 */
public interface UsedQuantities {
  /** What was used so far; changes while usage arrives. Has no effect. */
  UsageReading read(UsageSpan span);

  /**
   * Records the cut-off of the span, once and as a fact, and reads what was accepted before it. In
   * the caller's unit of work; a repeated call answers what the first one did.
   *
   * @param planCode and {@code planVersion} that were in force in the span
   * @param at the instant of the cut-off, not before the span ends
   */
  UsageReading close(UsageSpan span, String planCode, int planVersion, Instant at);

  /**
   * What {@link #close} answered for the span, however much has arrived since.
   *
   * @throws IllegalStateException if the span was never closed
   */
  UsageReading again(UsageSpan span);

  /**
   * What belongs to a closed span with what came late for it and is billed with it all the same, as
   * it was cut off in this round; the same however much has arrived since.
   *
   * @param round from 1
   * @throws IllegalStateException if the span was not cut off so often
   */
  UsageReading again(UsageSpan span, int round);
}
