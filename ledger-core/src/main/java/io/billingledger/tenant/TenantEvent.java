package io.billingledger.tenant;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import org.joda.money.CurrencyUnit;

/** What happened to a tenant. */
public sealed interface TenantEvent extends LedgerEvent {
  TenantId tenantId();

  @EventType(name = "tenant.registered")
  record TenantRegistered(
      TenantId tenantId,
      String name,
      String country,
      CurrencyUnit currency,
      ZoneId zone,
      String legalEntityId,
      Sealed taxIdentity,
      Sealed ownerEmail,
      DeploymentType deploymentType,
      Instant at)
      implements TenantEvent {}

  @EventType(name = "tenant.provisioned")
  record TenantProvisioned(TenantId tenantId, Instant at) implements TenantEvent {}

  @EventType(name = "tenant.hold-placed")
  record HoldPlaced(TenantId tenantId, Hold hold) implements TenantEvent {}

  @EventType(name = "tenant.hold-lifted")
  record HoldLifted(
      TenantId tenantId, String holdKey, HoldKind kind, String reason, String liftedBy, Instant at)
      implements TenantEvent {}

  @EventType(name = "tenant.subscription-noted")
  record SubscriptionNoted(
      TenantId tenantId, SubscriptionId subscriptionId, SubscriptionStanding standing, Instant at)
      implements TenantEvent {}

  /** From the next invoices that are asked for on. */
  @EventType(name = "tenant.invoice-grouping-chosen")
  record InvoiceGroupingChosen(TenantId tenantId, InvoiceGrouping grouping, String by, Instant at)
      implements TenantEvent {}

  @EventType(name = "tenant.terminated")
  record TenantTerminated(TenantId tenantId, SubscriptionId lastSubscription, Instant at)
      implements TenantEvent {}
}
