/**
 * A tenant's own PostgreSQL database ({@code tenant_<ulid>}), with its first administrator.
 *
 * <p>Works through the provisioner's login and connections of its own: a database cannot be made in
 * a transaction, and the ledger's own role may not.
 */
package io.billingledger.adapter.tenantdb;
