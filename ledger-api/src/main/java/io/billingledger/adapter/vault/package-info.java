/**
 * Seals the personal data that stands in events: AES-256-GCM under a key per tenant.
 *
 * <p>The keys are kept in PostgreSQL, encrypted under a master key that is not; erasing a tenant's
 * key erases what was sealed under it, in every copy and backup of the events.
 */
package io.billingledger.adapter.vault;
