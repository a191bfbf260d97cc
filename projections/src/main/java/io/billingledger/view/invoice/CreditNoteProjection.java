package io.billingledger.view.invoice;

import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.view.ViewGroups;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps a row for each credit note. */
@ProcessingGroup(ViewGroups.VIEWS)
public class CreditNoteProjection {
  private final CreditNoteRows notes;

  public CreditNoteProjection(CreditNoteRows notes) {
    this.notes = notes;
  }

  @EventHandler
  public void on(CreditNoteIssued event, @SequenceNumber long sequence, TrackingToken token) {
    notes.add(new CreditNoteRow(event, sequence, token.position().orElseThrow()));
  }

  @EventHandler
  public void on(CreditNoteReversed event, @SequenceNumber long sequence) {
    notes.find(event.note().id().value()).orElseThrow().reversed(event, sequence);
  }

  @ResetHandler
  public void reset() {
    notes.removeAll();
  }
}
