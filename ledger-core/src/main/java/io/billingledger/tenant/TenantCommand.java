package io.billingledger.tenant;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.joda.money.CurrencyUnit;

/** What can be asked of a tenant. */
public sealed interface TenantCommand {
  TenantId tenantId();

  Instant at();

  /**
   * @param taxIdentity sealed; null if none was given
   * @param ownerEmail sealed; where the first invitation goes
   */
  record RegisterTenant(
      @TargetAggregateIdentifier TenantId tenantId,
      String name,
      String country,
      CurrencyUnit currency,
      ZoneId zone,
      String legalEntityId,
      Sealed taxIdentity,
      Sealed ownerEmail,
      DeploymentType deploymentType,
      Instant at)
      implements TenantCommand {}

  /** Provisioning is done: access may become full. */
  record CompleteProvisioning(@TargetAggregateIdentifier TenantId tenantId, Instant at)
      implements TenantCommand {}

  /** By hand, with a reason; billing goes on meanwhile (T23). */
  record SuspendTenant(
      @TargetAggregateIdentifier TenantId tenantId,
      String reason,
      String by,
      Long expectedVersion,
      Instant at)
      implements TenantCommand {}

  /** Lifts the manual hold only (T24). */
  record ActivateTenant(
      @TargetAggregateIdentifier TenantId tenantId,
      String reason,
      String by,
      Long expectedVersion,
      Instant at)
      implements TenantCommand {}

  /** Whether its subscriptions share invoices; choosing what holds changes nothing. */
  record ChooseInvoiceGrouping(
      @TargetAggregateIdentifier TenantId tenantId,
      InvoiceGrouping grouping,
      String by,
      Long expectedVersion,
      Instant at)
      implements TenantCommand {}

  record PlaceDunningHold(
      @TargetAggregateIdentifier TenantId tenantId, InvoiceId invoiceId, Instant at)
      implements TenantCommand {}

  record LiftDunningHold(
      @TargetAggregateIdentifier TenantId tenantId, InvoiceId invoiceId, String reason, Instant at)
      implements TenantCommand {}

  record NoteSubscription(
      @TargetAggregateIdentifier TenantId tenantId,
      SubscriptionId subscriptionId,
      SubscriptionStanding standing,
      Instant at)
      implements TenantCommand {}
}
