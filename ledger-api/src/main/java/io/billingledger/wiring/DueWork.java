package io.billingledger.wiring;

import java.time.Instant;
import java.util.Optional;

/**
 * Work besides deadlines that becomes due at a time of its own: notices to be sent, provisioning
 * steps to be tried again. With a movable clock it is asked for its next time and run at it; the
 * worker must then not run by itself on real time. Called for all tenants, never within a unit of
 * work, and by one thread at a time.
 */
public interface DueWork {

  /** When something is due next, at the ledger's time; it may be in the past. */
  Optional<Instant> nextDue();

  /** Whether something that was due is still being done. */
  boolean busy();

  /** Does, or starts to do, what is due at the ledger's present time; also what was due before. */
  void runDue();
}
