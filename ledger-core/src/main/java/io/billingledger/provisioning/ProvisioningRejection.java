package io.billingledger.provisioning;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.DeploymentType;
import java.time.Instant;

/** Why a tenant's provisioning refuses. */
public sealed interface ProvisioningRejection extends Rejection {

  @Override
  default Kind kind() {
    return Kind.CONFLICT;
  }

  record DeploymentUnsupported(DeploymentType deployment) implements ProvisioningRejection {
    @Override
    public String code() {
      return "provisioning.deployment-unsupported";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "This installation does not provision tenants as " + deployment + ".";
    }
  }

  record NotTerminated(TenantId tenantId) implements ProvisioningRejection {
    @Override
    public String code() {
      return "provisioning.not-terminated";
    }

    @Override
    public String detail() {
      return "The tenant " + tenantId + " is not terminated: its data are not dropped.";
    }
  }

  record RetentionNotOver(TenantId tenantId, Instant until) implements ProvisioningRejection {
    @Override
    public String code() {
      return "provisioning.retention-not-over";
    }

    @Override
    public String detail() {
      return "The data of the tenant %s are kept until %s.".formatted(tenantId, until);
    }
  }

  record PurgedAlready(TenantId tenantId) implements ProvisioningRejection {
    @Override
    public String code() {
      return "provisioning.already-purged";
    }

    @Override
    public String detail() {
      return "The data of the tenant " + tenantId + " were asked to be dropped already.";
    }
  }

  record ProvisioningUnknown() implements ProvisioningRejection {
    @Override
    public String code() {
      return "provisioning.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "Nothing was ever provisioned here.";
    }
  }
}
