package io.billingledger.adapter.provisioning;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;

/**
 * One attempt at one step.
 *
 * @param operation number of the operation that the step belongs to
 * @param step code of the provisioner
 */
public record ProvisioningTask(
    ProvisioningId provisioningId,
    TenantId tenantId,
    int operation,
    ProvisioningAction action,
    String step,
    int attempt) {

  /** The same for every attempt: by it the other side recognises a repetition. */
  public String key() {
    return provisioningId + "/" + operation + "/" + step;
  }
}
