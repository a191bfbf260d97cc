package io.billingledger.tenant;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;

/** Why a tenant's state refuses. */
public sealed interface TenantRejection extends Rejection {

  @Override
  default Kind kind() {
    return Kind.CONFLICT;
  }

  record TenantUnknown(TenantId tenantId) implements TenantRejection {
    @Override
    public String code() {
      return "tenant.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no tenant " + tenantId + ".";
    }
  }

  record TenantTerminatedAlready(TenantId tenantId) implements TenantRejection {
    @Override
    public String code() {
      return "tenant.terminated";
    }

    @Override
    public String detail() {
      return "The tenant " + tenantId + " was terminated with its last subscription.";
    }
  }

  record TenantSuspendedAlready(TenantId tenantId) implements TenantRejection {
    @Override
    public String code() {
      return "tenant.already-suspended";
    }

    @Override
    public String detail() {
      return "The tenant " + tenantId + " is suspended by hand already.";
    }
  }

  record TenantNotSuspended(TenantId tenantId) implements TenantRejection {
    @Override
    public String code() {
      return "tenant.not-suspended";
    }

    @Override
    public String detail() {
      return "The tenant " + tenantId + " is not suspended by hand, so there is nothing to lift.";
    }
  }

  record TenantReadOnly(TenantId tenantId, WriteAccess access) implements TenantRejection {
    @Override
    public String code() {
      return "tenant.read-only";
    }

    @Override
    public Kind kind() {
      return Kind.FORBIDDEN;
    }

    @Override
    public String detail() {
      return "The tenant %s may not write now: its access is %s.".formatted(tenantId, access);
    }
  }
}
