package io.billingledger.view.reconciliation;

import io.billingledger.reconciliation.BreakEvent;
import io.billingledger.reconciliation.BreakEvent.BreakAssigned;
import io.billingledger.reconciliation.BreakEvent.BreakClosed;
import io.billingledger.reconciliation.BreakEvent.BreakExplained;
import io.billingledger.reconciliation.BreakEvent.BreakFound;
import io.billingledger.reconciliation.BreakEvent.BreakResolved;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The last that was said about a break. */
@Entity
@Table(name = "view_break_review")
public class BreakReviewRow extends StreamRow<BreakEvent> {
  @Id
  @Column(name = "break_id")
  private String id;

  private String owner;
  private String standing;
  private String explanation;
  private String saidBy;
  private Instant saidAt;

  protected BreakReviewRow() {}

  @Override
  protected void apply(BreakEvent event) {
    id = event.breakId().value();
    switch (event) {
      case BreakFound _, BreakClosed _ -> {
        // Nobody said anything; what is broken now is kept by reconciliation itself.
      }
      case BreakAssigned e -> owner = e.owner();
      case BreakExplained e -> said("EXPLAINED", e.explanation(), e.by(), e.at());
      case BreakResolved e -> said("RESOLVED", e.explanation(), e.by(), e.at());
    }
  }

  private void said(String as, String what, String by, Instant at) {
    standing = as;
    explanation = what;
    saidBy = by;
    saidAt = at;
  }
}
