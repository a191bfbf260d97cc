package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import java.time.Instant;

/** What was said about a break. */
public sealed interface BreakEvent extends LedgerEvent {
  BreakId breakId();

  @EventType(name = "break.assigned")
  record BreakAssigned(BreakId breakId, String owner, String by, Instant at)
      implements BreakEvent {}

  @EventType(name = "break.explained")
  record BreakExplained(BreakId breakId, String explanation, String by, Instant at)
      implements BreakEvent {}

  @EventType(name = "break.resolved")
  record BreakResolved(BreakId breakId, String explanation, String by, Instant at)
      implements BreakEvent {}
}
