package io.billingledger.entitlement;

import io.billingledger.entitlement.EntitlementRejection.SubscriptionNotRunning;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.tenant.TenantRejection.TenantReadOnly;
import io.billingledger.tenant.WriteAccess;

/**
 * Whether a tenant may consume from a subscription at all, whatever its limits.
 *
 * @param access what the tenant's holds leave it
 * @param status of the subscription; null if there never was one
 */
public record License(TenantId tenantId, WriteAccess access, SubscriptionStatus status) {

  /**
   * Refuses unless the tenant may write and its subscription runs and is not overdue (T32).
   *
   * @throws Rejected {@code tenant.read-only}, {@code quota.not-running}
   */
  public void check() {
    // An overdue subscription places a hold; until it is seen, the status alone must do.
    WriteAccess effective =
        status != null && status.overdue() ? access.strictest(WriteAccess.READ_ONLY) : access;
    if (effective != WriteAccess.FULL) {
      throw new Rejected(new TenantReadOnly(tenantId, effective));
    }
    if (status == null || !status.running()) {
      throw new Rejected(new SubscriptionNotRunning(tenantId, status));
    }
  }
}
