package io.billingledger.view.journal;

import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the entries that people make. */
@ProcessingGroup(ViewGroups.VIEWS)
public class ManualEntryProjection {
  private final EntityManager rows;
  private final StreamView<ManualEntryEvent, ManualEntryRow> entries;

  public ManualEntryProjection(EntityManager rows) {
    this.rows = rows;
    this.entries = entries(rows);
  }

  public static StreamView<ManualEntryEvent, ManualEntryRow> entries(EntityManager rows) {
    return new StreamView<>(
        rows, ManualEntryEvent.class, ManualEntryRow.class, ManualEntryRow::new);
  }

  @EventHandler
  public void on(ManualEntryEvent event, @SequenceNumber long sequence, TrackingToken token) {
    entries.follow(event.entryId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    rows.createQuery("delete from ManualEntryRow").executeUpdate();
  }
}
