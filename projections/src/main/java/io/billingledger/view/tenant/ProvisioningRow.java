package io.billingledger.view.tenant;

import io.billingledger.provisioning.ProvisioningEvent.ProvisioningStatusChanged;
import io.billingledger.provisioning.ProvisioningStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How far a tenant's provisioning is; there is no row before it has begun. */
@Entity
@Table(name = "view_tenant_provisioning")
public class ProvisioningRow {
  @Id private String tenantId;

  @Enumerated(EnumType.STRING)
  private ProvisioningStatus status;

  private Instant since;

  protected ProvisioningRow() {}

  ProvisioningRow(ProvisioningStatusChanged event) {
    tenantId = event.tenantId().value();
    change(event);
  }

  void change(ProvisioningStatusChanged event) {
    status = event.status();
    since = event.at();
  }

  public String tenantId() {
    return tenantId;
  }

  public ProvisioningStatus status() {
    return status;
  }
}
