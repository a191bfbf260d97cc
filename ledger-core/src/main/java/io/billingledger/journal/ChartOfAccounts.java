package io.billingledger.journal;

import io.billingledger.journal.ChartCommand.CloseAccount;
import io.billingledger.journal.ChartCommand.NameAccount;
import io.billingledger.kernel.ChartId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link ChartState}. */
public class ChartOfAccounts {
  @AggregateIdentifier private ChartId id;
  private ChartState state = ChartState.NONE;

  public ChartOfAccounts() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(NameAccount command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(CloseAccount command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(ChartEvent event) {
    id = event.chartId();
    state = state.evolve(event);
  }
}
