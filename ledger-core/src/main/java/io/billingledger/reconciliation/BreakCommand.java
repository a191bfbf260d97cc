package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be said about a break. */
public sealed interface BreakCommand {

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
