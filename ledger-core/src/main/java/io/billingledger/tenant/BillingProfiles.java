package io.billingledger.tenant;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;

/** Answers a tenant's billing profile from its own history. */
public interface BillingProfiles {
  /**
   * @throws Rejected {@code tenant.unknown}
   */
  BillingProfile of(TenantId tenant);
}
