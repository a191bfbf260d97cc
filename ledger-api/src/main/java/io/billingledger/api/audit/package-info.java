/**
 * History as an auditor reads it: straight from the table of events, each with who, when and why,
 * and with its digest. With Axon Server the events are there and not in PostgreSQL; then these
 * lists are empty.
 */
package io.billingledger.api.audit;
