/**
 * Exactly-once effects for callers who may repeat themselves. A request that changes something
 * carries an {@code Idempotency-Key}; everything it does is one unit of work, and its answer is
 * stored in the same transaction, so a killed process leaves either both or nothing.
 *
 * <p>Also here: {@code Ledger-Position} (reading one's own writes) and {@code If-Match}. Stored
 * answers are never deleted: money's keys last for ever, and there is no second kind.
 */
package io.billingledger.api.idempotency;
