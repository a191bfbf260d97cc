package io.billingledger.view.journal;

import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.journal.ManualEntryState.Standing;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** By posted entry, the posted one that takes it back; of those that are. */
  public static Map<String, String> reversals(EntityManager rows, List<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : rows.createQuery(
                "select r from ManualEntryRow r where r.reverses in :ids and r.standing = :posted",
                ManualEntryRow.class)
            .setParameter("ids", ids)
            .setParameter("posted", Standing.POSTED)
            .getResultStream()
            .collect(Collectors.toMap(ManualEntryRow::reverses, ManualEntryRow::id));
  }

  @EventHandler
  public void on(ManualEntryEvent event, @SequenceNumber long sequence, TrackingToken token) {
    entries.follow(event.entryId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_manual_entry");
  }
}
