package io.billingledger.view.tenant;

import io.billingledger.kernel.Sealed;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.HoldKind;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.InvoiceGroupingChosen;
import io.billingledger.tenant.TenantEvent.SubscriptionNoted;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import io.billingledger.tenant.WriteAccess;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A tenant. What is personal stays sealed here as it is in its events. */
@Entity
@Table(name = "view_tenant")
public class TenantRow extends StreamRow<TenantEvent> {
  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  private String name;
  private String country;
  private String currency;
  private String billingTimeZone;
  private String legalEntityId;
  private String taxIdentity;
  private String ownerEmail;

  @Enumerated(EnumType.STRING)
  private DeploymentType deploymentType;

  @Enumerated(EnumType.STRING)
  private TenantStatus status;

  @Enumerated(EnumType.STRING)
  private WriteAccess writeAccess;

  private boolean provisioned;
  private boolean terminated;
  private Instant registeredAt;

  @Enumerated(EnumType.STRING)
  private InvoiceGrouping invoiceGrouping = InvoiceGrouping.SEPARATE;

  /** The holds that restrict it now, the oldest first, as {@link RowJson}. */
  private String holds = RowJson.NONE;

  @Override
  protected void apply(TenantEvent event) {
    switch (event) {
      case TenantRegistered e -> {
        tenantId = e.tenantId().value();
        name = e.name();
        country = e.country();
        currency = e.currency().getCode();
        billingTimeZone = e.zone().getId();
        legalEntityId = e.legalEntityId();
        taxIdentity = e.taxIdentity() == null ? null : e.taxIdentity().ciphertext();
        ownerEmail = e.ownerEmail() == null ? null : e.ownerEmail().ciphertext();
        deploymentType = e.deploymentType();
        registeredAt = e.at();
      }
      case TenantProvisioned _ -> provisioned = true;
      case HoldPlaced e -> holds = RowJson.add(holds, e.hold(), Hold.class);
      case HoldLifted e ->
          holds =
              RowJson.write(
                  holds().stream().filter(hold -> !hold.key().equals(e.holdKey())).toList());
      case SubscriptionNoted _ -> {
        // Only counts in the tenant's own decisions.
      }
      case InvoiceGroupingChosen e -> invoiceGrouping = e.grouping();
      case TenantTerminated _ -> terminated = true;
    }
    List<Hold> restricting = holds();
    writeAccess =
        restricting.stream()
            .map(hold -> hold.kind().access())
            .reduce(provisioned ? WriteAccess.FULL : WriteAccess.READ_ONLY, WriteAccess::strictest);
    status = derivedStatus(restricting);
  }

  private TenantStatus derivedStatus(List<Hold> restricting) {
    if (terminated) {
      return TenantStatus.TERMINATED;
    }
    if (restricting.stream().anyMatch(hold -> hold.kind() == HoldKind.MANUAL)) {
      return TenantStatus.SUSPENDED;
    }
    return provisioned ? TenantStatus.ACTIVE : TenantStatus.PROVISIONING;
  }

  public String tenantId() {
    return tenantId;
  }

  public String name() {
    return name;
  }

  public String country() {
    return country;
  }

  public String currency() {
    return currency;
  }

  public String billingTimeZone() {
    return billingTimeZone;
  }

  public String legalEntityId() {
    return legalEntityId;
  }

  /** Null if none was given. */
  public Sealed taxIdentity() {
    return taxIdentity == null ? null : new Sealed(taxIdentity);
  }

  public Sealed ownerEmail() {
    return ownerEmail == null ? null : new Sealed(ownerEmail);
  }

  public DeploymentType deploymentType() {
    return deploymentType;
  }

  public TenantStatus status() {
    return status;
  }

  public WriteAccess writeAccess() {
    return writeAccess;
  }

  public boolean provisioned() {
    return provisioned;
  }

  public InvoiceGrouping invoiceGrouping() {
    return invoiceGrouping;
  }

  public Instant registeredAt() {
    return registeredAt;
  }

  /** The holds that restrict it now, the oldest first. */
  public List<Hold> holds() {
    return RowJson.read(holds, Hold.class);
  }
}
