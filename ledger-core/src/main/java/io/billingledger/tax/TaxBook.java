package io.billingledger.tax;

import io.billingledger.kernel.TaxBookId;
import io.billingledger.tax.TaxCommand.AddTaxRule;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link TaxBookState}. */
public class TaxBook {
  @AggregateIdentifier private TaxBookId id;
  private TaxBookState state = TaxBookState.EMPTY;

  public TaxBook() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(AddTaxRule command, ConfiguredTaxRules configured) {
    state.decide(command, configured.rules()).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(TaxEvent event) {
    id = event.taxBookId();
    state = state.evolve(event);
  }
}
