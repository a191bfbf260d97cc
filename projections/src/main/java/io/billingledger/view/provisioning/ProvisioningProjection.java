package io.billingledger.view.provisioning;

import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps what is provisioned for the tenants. */
@ProcessingGroup(ViewGroups.VIEWS)
public class ProvisioningProjection {
  private final EntityManager rows;
  private final StreamView<ProvisioningEvent, TenantProvisioningRow> provisionings;

  public ProvisioningProjection(EntityManager rows) {
    this.rows = rows;
    this.provisionings = provisionings(rows);
  }

  public static StreamView<ProvisioningEvent, TenantProvisioningRow> provisionings(
      EntityManager rows) {
    return new StreamView<>(
        rows, ProvisioningEvent.class, TenantProvisioningRow.class, TenantProvisioningRow::new);
  }

  @EventHandler
  public void on(ProvisioningEvent event, @SequenceNumber long sequence, TrackingToken token) {
    provisionings.follow(event.provisioningId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_provisioning_task", "view_provisioning");
  }
}
