package io.billingledger.wiring;

import java.time.Instant;
import java.util.List;

/**
 * What the processing groups (views and sagas) could not process. After a few attempts an event is
 * parked, and all later ones of its sequence, which is its tenant, wait behind it; other tenants go
 * on.
 */
public interface DeadLetters {

  /**
   * The first event of a blocked sequence.
   *
   * @param waiting how many later events of the sequence are behind it
   */
  record Letter(
      String group,
      String sequence,
      long position,
      String eventId,
      String eventName,
      String cause,
      int attempts,
      Instant since,
      int waiting) {}

  List<Letter> list();

  /**
   * Processes the sequence's events again, in their order, until one fails.
   *
   * @return true when nothing of the sequence is left
   */
  boolean retry(String group, String sequence);
}
