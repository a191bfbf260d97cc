package io.billingledger.wiring;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceRejection.InvoiceUnknown;
import io.billingledger.invoice.InvoiceState;
import io.billingledger.invoice.OpenInvoices;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.subscription.InvoiceFacts;
import io.billingledger.subscription.InvoiceProgress;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** An invoice as its stream tells it, uncommitted events of the running unit of work included. */
@Component
public class InvoiceHistory implements OpenInvoices, InvoiceFacts {
  private final EventStore store;

  InvoiceHistory(EventStore store) {
    this.store = store;
  }

  public InvoiceState of(InvoiceId invoice) {
    InvoiceState state = InvoiceState.NONE;
    for (var events = store.readEvents(invoice.value()); events.hasNext(); ) {
      state = state.evolve((InvoiceEvent) events.next().getPayload());
    }
    return state;
  }

  /**
   * @throws Rejected {@code invoice.unknown}
   */
  public InvoiceIssued issued(InvoiceId invoice) {
    DomainEventStream events = store.readEvents(invoice.value());
    if (!events.hasNext()) {
      throw new Rejected(new InvoiceUnknown(invoice));
    }
    return (InvoiceIssued) events.next().getPayload();
  }

  @Override
  public boolean isOpen(InvoiceId invoice) {
    return of(invoice) instanceof InvoiceState.Issued issued && issued.payable();
  }

  /** One that was asked for and is not issued yet is untouched. */
  @Override
  public InvoiceProgress progressOf(InvoiceId invoice) {
    if (of(invoice) instanceof InvoiceState.Issued issued) {
      if (issued.settled()) {
        return InvoiceProgress.SETTLED;
      }
      if (issued.paid().isPositive()) {
        return InvoiceProgress.PART_PAID;
      }
    }
    return InvoiceProgress.UNTOUCHED;
  }
}
