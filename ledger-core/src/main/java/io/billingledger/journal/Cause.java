package io.billingledger.journal;

import io.billingledger.kernel.TenantId;
import java.time.Instant;

/** Which stored event an entry is derived from. */
public record Cause(String eventId, TenantId tenantId, Instant at) {}
