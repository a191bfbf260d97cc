package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;

/** That a break was there, that it is gone, and what was said about it. */
public sealed interface BreakEvent extends LedgerEvent {
  BreakId breakId();

  /**
   * Reconciliation found it; as it was then.
   *
   * @param invariant the check that found it
   * @param subjectId what is broken
   * @param tenantId null for the platform's own
   * @param currency null where no money is involved, and then so is the amount
   * @param mark the figures that do not agree
   * @param since when it was found first
   */
  @EventType(name = "break.found")
  record BreakFound(
      BreakId breakId,
      String invariant,
      String subjectId,
      TenantId tenantId,
      String currency,
      BigDecimal amount,
      String mark,
      Instant since)
      implements BreakEvent {}

  /** It is not found any more; it may be found anew later. */
  @EventType(name = "break.closed")
  record BreakClosed(BreakId breakId, Instant at) implements BreakEvent {}

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
