package io.billingledger.view.journal;

import io.billingledger.journal.ChartEvent;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;

/** Keeps every name that an account ever had, and when it was closed. */
@ProcessingGroup(ViewGroups.VIEWS)
public class ChartProjection {
  private final EntityManager rows;
  private final LegalEntity legalEntity;

  public ChartProjection(EntityManager rows, LegalEntity legalEntity) {
    this.rows = rows;
    this.legalEntity = legalEntity;
  }

  @EventHandler
  public void on(ChartEvent event, @SequenceNumber long sequence) {
    if (rows.find(ChartRow.class, sequence) == null) {
      rows.persist(
          new ChartRow(event, sequence, LocalDate.ofInstant(event.at(), legalEntity.zone())));
    }
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_chart_account");
  }
}
