package io.billingledger.provisioning;

/** What is done for a tenant at the provisioners. */
public enum ProvisioningAction {
  CREATE,
  /** Data stay, writing does not (H10). */
  SUSPEND,
  UNSUSPEND,
  /** Access is revoked; data stay. */
  TERMINATE,
  /** Data are dropped; only ever by command, after the retention. */
  PURGE;

  /** What was made last is closed first. */
  public boolean isBackwards() {
    return this == TERMINATE || this == PURGE;
  }

  /** Whether an operation that is not finished is pointless once this one is asked for. */
  boolean supersedes(ProvisioningAction other) {
    return switch (this) {
      case CREATE -> false;
      case SUSPEND -> other == UNSUSPEND;
      case UNSUSPEND -> other == SUSPEND;
      case TERMINATE, PURGE -> true;
    };
  }
}
