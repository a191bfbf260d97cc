package io.billingledger.view.quota;

import io.billingledger.tenant.HoldKind;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.InvoiceGroupingChosen;
import io.billingledger.tenant.TenantEvent.SubscriptionNoted;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import io.billingledger.tenant.WriteAccess;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.TreeMap;

/** Whether a tenant may write, which follows from its holds. */
@Entity
@Table(name = "view_quota_tenant")
public class QuotaTenantRow extends StreamRow<TenantEvent> {
  @Id private String tenantId;
  private boolean provisioned;

  @Convert(converter = HoldKinds.class)
  private Map<String, HoldKind> holds = Map.of();

  @Enumerated(EnumType.STRING)
  private WriteAccess writeAccess;

  @Override
  protected void apply(TenantEvent event) {
    switch (event) {
      case TenantRegistered e -> tenantId = e.tenantId().value();
      case TenantProvisioned _ -> provisioned = true;
      case HoldPlaced e -> {
        Map<String, HoldKind> placed = new TreeMap<>(holds);
        placed.put(e.hold().key(), e.hold().kind());
        holds = Map.copyOf(placed);
      }
      case HoldLifted e -> {
        Map<String, HoldKind> left = new TreeMap<>(holds);
        left.remove(e.holdKey());
        holds = Map.copyOf(left);
      }
      case SubscriptionNoted _, TenantTerminated _, InvoiceGroupingChosen _ -> {
        // A hold follows where they restrict.
      }
    }
    writeAccess =
        holds.values().stream()
            .map(HoldKind::access)
            .reduce(provisioned ? WriteAccess.FULL : WriteAccess.READ_ONLY, WriteAccess::strictest);
  }

  public WriteAccess writeAccess() {
    return writeAccess;
  }
}
