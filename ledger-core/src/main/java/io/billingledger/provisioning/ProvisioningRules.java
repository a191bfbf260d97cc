package io.billingledger.provisioning;

import io.billingledger.kernel.Rejected;
import io.billingledger.tenant.DeploymentType;
import java.time.Duration;
import java.util.List;

/** What this installation of the ledger provisions, and how patiently. */
public interface ProvisioningRules {
  /**
   * The steps of an action in their order, by the codes of the provisioners that do them.
   *
   * @throws Rejected {@code provisioning.deployment-unsupported}
   */
  List<String> steps(DeploymentType deployment, ProvisioningAction action);

  RetryPolicy retries();

  /** How long a terminated tenant's data are kept at least. */
  Duration retention();
}
