package io.billingledger.api.audit;

import io.billingledger.kernel.TenantId;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event as it is stored.
 *
 * @param position in the whole history
 * @param stream the aggregate's id
 * @param sequence in its stream, from 0
 * @param tenantId null for the platform's own
 * @param actor who
 * @param correlationId what was at the beginning: a request, deadline or run
 * @param causeId what led to it directly
 * @param digest SHA-256, in hexadecimal digits
 * @param digestHolds whether it is the digest of what is stored
 */
record RecordedEvent(
    long position,
    String eventId,
    String type,
    String revision,
    String stream,
    long sequence,
    TenantId tenantId,
    Instant at,
    String actor,
    String correlationId,
    String causeId,
    String digest,
    boolean digestHolds,
    JsonNode payload) {}
