package io.billingledger.view.tenant;

/** The states of a tenant. */
public enum TenantStatus {
  PROVISIONING,
  ACTIVE,
  /** By hand. */
  SUSPENDED,
  /** With its last subscription. */
  TERMINATED
}
