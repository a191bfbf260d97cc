package io.billingledger.adapter.provisioning;

import io.billingledger.provisioning.ProvisioningAction;
import java.util.EnumSet;
import java.util.Set;

/** A tenant in the platform's shared tables: there is nothing of its own to make. */
public final class SharedWorkspace implements TenantProvisioner {
  @Override
  public String code() {
    return "shared-workspace";
  }

  @Override
  public Set<ProvisioningAction> actions() {
    return EnumSet.of(ProvisioningAction.CREATE);
  }

  @Override
  public ProvisioningResult perform(ProvisioningTask task) {
    return ProvisioningResult.done("in the shared tables");
  }
}
