package io.billingledger.tenant;

import io.billingledger.kernel.InvoiceId;
import java.time.Instant;

/**
 * A reason for which a tenant's write access is restricted.
 *
 * @param key one hold per key: {@code manual}, {@code no-subscription}, {@code termination}, or the
 *     overdue invoice's id
 * @param invoiceId the overdue invoice of a dunning hold, else null
 * @param placedBy actor
 */
public record Hold(
    String key,
    HoldKind kind,
    InvoiceId invoiceId,
    String reason,
    String placedBy,
    Instant since) {}
