package io.billingledger.view.journal;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.journal.Cause;
import io.billingledger.journal.PostingRules;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.view.ViewGroups;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;

/** Posts every event by the rules; an event that they do not know stops it. */
@ProcessingGroup(ViewGroups.VIEWS)
public class JournalProjection {
  private final Journal journal;
  private final BooksRows books;

  public JournalProjection(Journal journal, BooksRows books) {
    this.journal = journal;
    this.books = books;
  }

  @EventHandler
  public void on(
      LedgerEvent event,
      @MessageIdentifier String eventId,
      @Timestamp Instant at,
      @MetaDataValue(MetaKeys.TENANT) String tenant,
      TrackingToken token) {
    Cause cause = new Cause(eventId, tenant == null ? null : new TenantId(tenant), at);
    PostingRules.post(event, cause, books)
        .ifPresent(entry -> journal.post(entry, token.position().orElseThrow()));
    switch (event) {
      case TenantRegistered e -> books.keep(e);
      case InvoiceIssued e -> books.keep(e);
      default -> {}
    }
  }

  @ResetHandler
  public void reset() {
    journal.removeAll();
    books.removeAll();
  }
}
