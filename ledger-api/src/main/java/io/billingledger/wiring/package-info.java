/**
 * How the ledger is put together: one file per concern.
 *
 * <p>Database and its roles, transactions and scope, event store, command bus, processors, claims,
 * clock. The only place that knows how Axon, Spring and PostgreSQL meet; no business rule is here.
 */
package io.billingledger.wiring;
