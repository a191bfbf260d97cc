package io.billingledger.provisioning;

/** How far a tenant's provisioning is, over all that was asked for. */
public enum ProvisioningStatus {
  /** Asked for; nobody has begun. */
  PENDING,
  IN_PROGRESS,
  DONE,
  /** A step has used up its attempts: a person has to look, and run it again. */
  FAILED
}
