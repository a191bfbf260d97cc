package io.billingledger.view.journal;

import io.billingledger.journal.ChartEvent.AccountNamed;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.ViewGroups;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;

/** Keeps every name that an account ever had. */
@ProcessingGroup(ViewGroups.VIEWS)
public class ChartProjection {
  private final EntityManager rows;
  private final LegalEntity legalEntity;

  public ChartProjection(EntityManager rows, LegalEntity legalEntity) {
    this.rows = rows;
    this.legalEntity = legalEntity;
  }

  @EventHandler
  public void on(AccountNamed e, @SequenceNumber long sequence) {
    if (rows.find(ChartRow.class, sequence) == null) {
      rows.persist(new ChartRow(e, sequence, LocalDate.ofInstant(e.at(), legalEntity.zone())));
    }
  }

  @ResetHandler
  public void reset() {
    rows.createQuery("delete from ChartRow").executeUpdate();
  }
}
