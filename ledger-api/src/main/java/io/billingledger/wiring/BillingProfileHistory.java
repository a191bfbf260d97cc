package io.billingledger.wiring;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.InvoiceGroupingChosen;
import io.billingledger.tenant.TenantEvent.SubscriptionNoted;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import io.billingledger.tenant.TenantRejection.TenantUnknown;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Tenants' billing profiles as their history tells them. */
@Component
class BillingProfileHistory implements BillingProfiles {
  private final LegalEntity legalEntity;
  private final Histories<Optional<BillingProfile>> profiles;

  BillingProfileHistory(EventStore store, LegalEntity legalEntity) {
    this.legalEntity = legalEntity;
    this.profiles =
        new Histories<>(
            store,
            Optional.empty(),
            (profile, event) -> Optional.of(evolve(profile, (TenantEvent) event)));
  }

  @Override
  public BillingProfile of(TenantId tenant) {
    return profiles
        .of(tenant.value())
        .flatMap(profile -> profile)
        .orElseThrow(() -> new Rejected(new TenantUnknown(tenant)));
  }

  private BillingProfile evolve(Optional<BillingProfile> known, TenantEvent event) {
    return switch (event) {
      case TenantRegistered e ->
          new BillingProfile(
              e.tenantId(),
              e.country(),
              e.currency(),
              e.zone(),
              legalEntity(e.legalEntityId()),
              false,
              InvoiceGrouping.SEPARATE);
      case TenantTerminated _ -> with(known.orElseThrow(), true, known.orElseThrow().grouping());
      case InvoiceGroupingChosen e ->
          with(known.orElseThrow(), known.orElseThrow().terminated(), e.grouping());
      case TenantProvisioned _, HoldPlaced _, HoldLifted _, SubscriptionNoted _ ->
          known.orElseThrow();
    };
  }

  private static BillingProfile with(
      BillingProfile profile, boolean terminated, InvoiceGrouping grouping) {
    return new BillingProfile(
        profile.tenantId(),
        profile.country(),
        profile.currency(),
        profile.zone(),
        profile.legalEntity(),
        terminated,
        grouping);
  }

  private LegalEntity legalEntity(String id) {
    if (!legalEntity.id().equals(id)) {
      throw new IllegalStateException(
          "The legal entity " + id + " is not in the settings (ledger.legal-entity.*).");
    }
    return legalEntity;
  }
}
