/**
 * Invoices over HTTP: the tenant reads its own and hands in proofs of payment, the platform reads
 * all, decides on proofs, records payments and voids.
 */
package io.billingledger.api.invoice;
