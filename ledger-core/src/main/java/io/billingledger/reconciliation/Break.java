package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.reconciliation.BreakCommand.AssignBreak;
import io.billingledger.reconciliation.BreakCommand.ExplainBreak;
import io.billingledger.reconciliation.BreakCommand.ResolveBreak;
import io.billingledger.reconciliation.BreakEvent.BreakAssigned;
import io.billingledger.reconciliation.BreakEvent.BreakExplained;
import io.billingledger.reconciliation.BreakEvent.BreakResolved;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Keeps what people say about a break, all of it: nothing said forbids saying more. */
public class Break {
  @AggregateIdentifier private BreakId id;

  public Break() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(AssignBreak c) {
    AggregateLifecycle.apply(new BreakAssigned(c.breakId(), c.owner(), c.by(), c.at()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ExplainBreak c) {
    AggregateLifecycle.apply(new BreakExplained(c.breakId(), c.explanation(), c.by(), c.at()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ResolveBreak c) {
    AggregateLifecycle.apply(new BreakResolved(c.breakId(), c.explanation(), c.by(), c.at()));
  }

  @EventSourcingHandler
  void on(BreakEvent event) {
    id = event.breakId();
  }
}
