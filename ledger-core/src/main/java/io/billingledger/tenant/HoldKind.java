package io.billingledger.tenant;

/** Why a tenant is held. */
public enum HoldKind {
  /** An invoice is overdue; one hold for each, citing it. */
  DUNNING(WriteAccess.READ_ONLY),
  /** A person of the platform said so. */
  MANUAL(WriteAccess.READ_ONLY),
  /** No subscription is running. */
  NO_SUBSCRIPTION(WriteAccess.READ_ONLY),
  /** The last subscription was terminated for non-payment. */
  TERMINATION(WriteAccess.NONE);

  private final WriteAccess access;

  HoldKind(WriteAccess access) {
    this.access = access;
  }

  public WriteAccess access() {
    return access;
  }
}
