package io.billingledger.tenant;

/** Where a tenant's own data lives, which decides the provisioners that run (P03). */
public enum DeploymentType {
  /** In the platform's shared tables: nothing of its own is made. */
  SHARED,
  /** In a database of its own (P05). */
  DATABASE_PER_TENANT,
  /** In an instance of its own (P04). */
  CONTAINER_PER_TENANT
}
