package io.billingledger.revenue;

import io.billingledger.kernel.Applied;
import io.billingledger.kernel.RevenueId;
import io.billingledger.revenue.RevenueCommand.RecogniseRevenue;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link RevenueState}. */
public class Revenue {
  @AggregateIdentifier private RevenueId id;
  private RevenueState state = RevenueState.NONE;

  public Revenue() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(RecogniseRevenue command) {
    Applied.to(command.tenantId(), state.decide(command));
  }

  @EventSourcingHandler
  void on(RevenueEvent event) {
    id = event.revenueId();
    state = state.evolve(event);
  }
}
