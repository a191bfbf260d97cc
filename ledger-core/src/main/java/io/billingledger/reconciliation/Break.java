package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.reconciliation.BreakCommand.AssignBreak;
import io.billingledger.reconciliation.BreakCommand.CloseBreak;
import io.billingledger.reconciliation.BreakCommand.ExplainBreak;
import io.billingledger.reconciliation.BreakCommand.FindBreak;
import io.billingledger.reconciliation.BreakCommand.ResolveBreak;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * Axon's shell around {@link BreakState}. Its events are the platform's, also where a tenant is
 * concerned: what is parked of a tenant must not hold back that this was found.
 */
public class Break {
  @AggregateIdentifier private BreakId id;
  private BreakState state = BreakState.NONE;

  public Break() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(FindBreak command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  public void handle(CloseBreak command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(AssignBreak command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ExplainBreak command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ResolveBreak command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(BreakEvent event) {
    id = event.breakId();
    state = state.evolve(event);
  }
}
