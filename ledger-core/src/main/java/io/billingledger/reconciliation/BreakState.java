package io.billingledger.reconciliation;

import io.billingledger.reconciliation.BreakCommand.AssignBreak;
import io.billingledger.reconciliation.BreakCommand.CloseBreak;
import io.billingledger.reconciliation.BreakCommand.ExplainBreak;
import io.billingledger.reconciliation.BreakCommand.FindBreak;
import io.billingledger.reconciliation.BreakCommand.ResolveBreak;
import io.billingledger.reconciliation.BreakEvent.BreakAssigned;
import io.billingledger.reconciliation.BreakEvent.BreakClosed;
import io.billingledger.reconciliation.BreakEvent.BreakExplained;
import io.billingledger.reconciliation.BreakEvent.BreakFound;
import io.billingledger.reconciliation.BreakEvent.BreakResolved;
import java.util.List;

/**
 * Whether a break is there. It is found once and closed once, however often that is told; what
 * people say is kept, all of it: nothing said forbids saying more.
 */
public record BreakState(boolean open) {
  static final BreakState NONE = new BreakState(false);

  List<BreakEvent> decide(FindBreak c) {
    return open
        ? List.of()
        : List.of(
            new BreakFound(
                c.breakId(),
                c.invariant(),
                c.subjectId(),
                c.tenantId(),
                c.currency(),
                c.amount(),
                c.mark(),
                c.since()));
  }

  List<BreakEvent> decide(CloseBreak c) {
    return open ? List.of(new BreakClosed(c.breakId(), c.at())) : List.of();
  }

  List<BreakEvent> decide(AssignBreak c) {
    return List.of(new BreakAssigned(c.breakId(), c.owner(), c.by(), c.at()));
  }

  List<BreakEvent> decide(ExplainBreak c) {
    return List.of(new BreakExplained(c.breakId(), c.explanation(), c.by(), c.at()));
  }

  List<BreakEvent> decide(ResolveBreak c) {
    return List.of(new BreakResolved(c.breakId(), c.explanation(), c.by(), c.at()));
  }

  BreakState evolve(BreakEvent event) {
    return switch (event) {
      case BreakFound _ -> new BreakState(true);
      case BreakClosed _ -> new BreakState(false);
      case BreakAssigned _, BreakExplained _, BreakResolved _ -> this;
    };
  }
}
