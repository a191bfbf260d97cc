package io.billingledger.api.tenant;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.HoldKind;
import io.billingledger.tenant.WriteAccess;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A reason for which a tenant's write access is restricted.
 *
 * @param writeAccessMode what it leaves
 * @param invoiceId the overdue invoice of a dunning hold, else null
 */
@Schema(name = "Hold")
record HoldResource(
    HoldKind kind,
    WriteAccess writeAccessMode,
    String reason,
    String placedBy,
    Instant since,
    InvoiceId invoiceId) {

  static HoldResource of(Hold hold) {
    return new HoldResource(
        hold.kind(),
        hold.kind().access(),
        hold.reason(),
        hold.placedBy(),
        hold.since(),
        hold.invoiceId());
  }
}
