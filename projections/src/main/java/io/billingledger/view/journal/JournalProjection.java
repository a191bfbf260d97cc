package io.billingledger.view.journal;

import io.billingledger.journal.Cause;
import io.billingledger.journal.PostingRules;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.TenantId;
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

  public JournalProjection(Journal journal) {
    this.journal = journal;
  }

  @EventHandler
  public void on(
      LedgerEvent event,
      @MessageIdentifier String eventId,
      @Timestamp Instant at,
      @MetaDataValue(MetaKeys.TENANT) String tenant,
      TrackingToken token) {
    Cause cause = new Cause(eventId, tenant == null ? null : new TenantId(tenant), at);
    PostingRules.post(event, cause)
        .ifPresent(entry -> journal.post(entry, token.position().orElseThrow()));
  }

  @ResetHandler
  public void reset() {
    journal.removeAll();
  }
}
