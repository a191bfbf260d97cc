package io.billingledger.api.tenant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.billingledger.api.idempotency.Versioned;
import io.billingledger.tenant.InvoiceGrouping;
import java.util.List;

/**
 * One tenant as it is answered.
 *
 * @param ownerEmail null once the tenant's key was erased
 * @param taxIdentity null if none was given, and once the tenant's key was erased
 * @param invoiceGrouping whether its subscriptions share invoices
 * @param holds what restricts its write access now
 */
record TenantResource(
    @JsonUnwrapped TenantSummary summary,
    String ownerEmail,
    String taxIdentity,
    InvoiceGrouping invoiceGrouping,
    List<HoldResource> holds)
    implements Versioned {

  @Override
  public long version() {
    return summary.version();
  }
}
