package io.billingledger.api.security;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.TenantId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends the request. A controller takes it as an argument.
 *
 * @param roles all of the platform, or all of a tenant
 * @param tenant the tenant of tenant roles, empty for platform roles
 */
public record Caller(Actor actor, Set<Role> roles, Optional<TenantId> tenant) {
  public Caller {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a caller has at least one role");
    }
    for (Role role : roles) {
      if (role.workspace() == Workspace.TENANT && tenant.isEmpty()) {
        throw new IllegalArgumentException("the role %s needs a tenant".formatted(role.text()));
      }
      if (role.workspace() == Workspace.PLATFORM && tenant.isPresent()) {
        throw new IllegalArgumentException(
            "the role %s belongs to the platform and has no tenant".formatted(role.text()));
      }
    }
    roles = Set.copyOf(EnumSet.copyOf(roles));
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  public Workspace workspace() {
    return tenant.isPresent() ? Workspace.TENANT : Workspace.PLATFORM;
  }

  /** On the tenant side, where the role table lets nobody in without a tenant. */
  public TenantId tenantId() {
    return tenant.orElseThrow(
        () -> new IllegalStateException("a caller of the platform on the tenant side"));
  }
}
