package io.billingledger.collections;

import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.invoice.OpenInvoices;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.CollectionId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link CollectionState}; the first step creates it. */
public class Collection {
  @AggregateIdentifier private CollectionId id;
  private CollectionState state = CollectionState.NONE;

  public Collection() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public Optional<Instant> handle(AdvanceCollection command, OpenInvoices invoices) {
    boolean open = invoices.isOpen(command.terms().invoiceId());
    Applied.to(command.terms().tenantId(), state.decide(command, open));
    return open ? state.schedule(command.proofPendingSince()).next() : Optional.empty();
  }

  @EventSourcingHandler
  void on(CollectionEvent event) {
    id = event.collectionId();
    state = state.evolve(event);
  }
}
