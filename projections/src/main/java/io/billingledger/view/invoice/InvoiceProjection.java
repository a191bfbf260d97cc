package io.billingledger.view.invoice;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.view.ViewGroups;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps a row for each invoice. */
@ProcessingGroup(ViewGroups.VIEWS)
public class InvoiceProjection {
  private final InvoiceRows invoices;

  public InvoiceProjection(InvoiceRows invoices) {
    this.invoices = invoices;
  }

  @EventHandler
  public void on(InvoiceEvent event, @SequenceNumber long sequence, TrackingToken token) {
    invoices.rows().follow(event.invoiceId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    invoices.removeAll();
  }
}
