package io.billingledger.adapter.provisioning;

import io.billingledger.provisioning.ProvisioningAction;
import java.util.Set;

/**
 * Makes one thing for a tenant outside the ledger, and holds, releases, closes and drops it again.
 * It is called at least once for each task, also after it has succeeded and only the answer was
 * lost, and possibly while an attempt that took too long is still running: every action finds what
 * is there already and leaves it as it should be.
 */
public interface TenantProvisioner {
  /** Its name in settings and events: stable, unique, such as {@code tenant-database}. */
  String code();

  /** What it can do; for other actions it is not called. */
  Set<ProvisioningAction> actions();

  /**
   * Does it, or says why not. Whatever is thrown counts as a failure that another attempt may
   * change; it is logged, and only its kind becomes history. A thread that is interrupted has used
   * up its time.
   */
  ProvisioningResult perform(ProvisioningTask task) throws Exception;
}
