package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What reconciliation finds of a break, and what people say about it. */
public sealed interface BreakCommand {

  /**
   * It is there. While it lasts, finding it again is nothing new.
   *
   * @param invariant the check that found it
   * @param subjectId what is broken
   * @param tenantId null for the platform's own
   * @param currency null where no money is involved, and then so is the amount
   * @param mark the figures that do not agree
   * @param since when it was found first
   */
  record FindBreak(
      @TargetAggregateIdentifier BreakId breakId,
      String invariant,
      String subjectId,
      TenantId tenantId,
      String currency,
      BigDecimal amount,
      String mark,
      Instant since)
      implements BreakCommand {}

  /** It is not found any more. */
  record CloseBreak(@TargetAggregateIdentifier BreakId breakId, Instant at)
      implements BreakCommand {}

  /**
   * @param owner who looks after it
   */
  record AssignBreak(
      @TargetAggregateIdentifier BreakId breakId, String owner, String by, Instant at)
      implements BreakCommand {}

  /** It is known why it is there, and it may stay. */
  record ExplainBreak(
      @TargetAggregateIdentifier BreakId breakId, String explanation, String by, Instant at)
      implements BreakCommand {}

  /** What was to be done is done; it closes when it is not found any more. */
  record ResolveBreak(
      @TargetAggregateIdentifier BreakId breakId, String explanation, String by, Instant at)
      implements BreakCommand {}
}
