package io.billingledger.api.keys;

import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A key as everybody but its holder sees it. */
public record ApiKey(
    ApiKeyId id,
    Actor actor,
    Set<Role> roles,
    TenantId tenantId,
    Instant createdAt,
    Actor createdBy,
    Instant revokedAt,
    Actor revokedBy) {

  Caller caller() {
    return new Caller(actor, roles, Optional.ofNullable(tenantId));
  }
}
