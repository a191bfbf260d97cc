package io.billingledger.api.tenant;

import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.WriteAccess;
import io.billingledger.view.subscription.SubscriptionRow;
import io.billingledger.view.tenant.TenantRow;
import io.billingledger.view.tenant.TenantStatus;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A tenant without anything personal, as it stands in lists.
 *
 * @param subscriptionState of its subscription to the primary product; null without one
 * @param activeCycle of that subscription; null before it has begun and after it has ended
 */
record TenantSummary(
    String id,
    String name,
    TenantStatus status,
    String country,
    String currency,
    String billingTimeZone,
    String legalEntityId,
    SubscriptionStatus subscriptionState,
    WriteAccess writeAccessMode,
    ActiveCycle activeCycle,
    DeploymentType deploymentType,
    ProvisioningStatus provisioningStatus,
    Instant registeredAt,
    long version) {

  record ActiveCycle(
      String subscriptionId,
      String planCode,
      int cycleNo,
      LocalDate periodStart,
      LocalDate periodEnd) {

    static ActiveCycle of(SubscriptionRow row) {
      return row == null || row.periodStart() == null || row.status().ended()
          ? null
          : new ActiveCycle(
              row.subscriptionId(),
              row.planCode(),
              row.cycleNo(),
              row.periodStart(),
              row.periodEnd());
    }
  }

  /**
   * @param subscription null without one
   */
  static TenantSummary of(
      TenantRow row, SubscriptionRow subscription, ProvisioningStatus provisioning) {
    return of(
        row,
        subscription == null ? null : subscription.status(),
        ActiveCycle.of(subscription),
        provisioning);
  }

  static TenantSummary of(
      TenantRow row,
      SubscriptionStatus subscriptionState,
      ActiveCycle activeCycle,
      ProvisioningStatus provisioning) {
    return new TenantSummary(
        row.tenantId(),
        row.name(),
        row.status(),
        row.country(),
        row.currency(),
        row.billingTimeZone(),
        row.legalEntityId(),
        subscriptionState,
        row.writeAccess(),
        activeCycle,
        row.deploymentType(),
        provisioning,
        row.registeredAt(),
        row.version());
  }
}
