package io.billingledger.view.reconciliation;

import io.billingledger.reconciliation.BreakEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the last that was said about each break. */
@ProcessingGroup(ViewGroups.VIEWS)
public class BreakReviewProjection {
  private final EntityManager rows;
  private final StreamView<BreakEvent, BreakReviewRow> reviews;

  public BreakReviewProjection(EntityManager rows) {
    this.rows = rows;
    this.reviews =
        new StreamView<>(rows, BreakEvent.class, BreakReviewRow.class, BreakReviewRow::new);
  }

  @EventHandler
  public void on(BreakEvent event, @SequenceNumber long sequence, TrackingToken token) {
    reviews.follow(event.breakId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_break_review");
  }
}
