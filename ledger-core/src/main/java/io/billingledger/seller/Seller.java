package io.billingledger.seller;

import io.billingledger.kernel.SellerId;
import io.billingledger.kernel.StaleVersion;
import io.billingledger.seller.SellerCommand.DescribeSeller;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link SellerState}. */
public class Seller {
  @AggregateIdentifier private SellerId id;
  private SellerState state = SellerState.NONE;

  public Seller() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(DescribeSeller command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(SellerEvent event) {
    id = event.sellerId();
    state = state.evolve(event);
  }
}
