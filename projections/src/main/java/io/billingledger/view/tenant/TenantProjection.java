package io.billingledger.view.tenant;

import io.billingledger.provisioning.ProvisioningEvent.ProvisioningStatusChanged;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the tenants' rows. */
@ProcessingGroup(ViewGroups.VIEWS)
public class TenantProjection {
  private final EntityManager rows;
  private final StreamView<TenantEvent, TenantRow> tenants;

  public TenantProjection(EntityManager rows) {
    this.rows = rows;
    this.tenants = tenants(rows);
  }

  public static StreamView<TenantEvent, TenantRow> tenants(EntityManager rows) {
    return new StreamView<>(rows, TenantEvent.class, TenantRow.class, TenantRow::new);
  }

  @EventHandler
  public void on(TenantEvent event, @SequenceNumber long sequence, TrackingToken token) {
    tenants.follow(event.tenantId(), event, sequence, token);
  }

  @EventHandler
  public void on(ProvisioningStatusChanged event) {
    ProvisioningRow known = rows.find(ProvisioningRow.class, event.tenantId().value());
    if (known == null) {
      rows.persist(new ProvisioningRow(event));
    } else {
      known.change(event);
    }
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_tenant_provisioning", "view_tenant");
  }
}
