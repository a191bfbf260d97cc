/**
 * What was used: records that are accepted once, however often they are brought, and corrected only
 * by adding another one. Each has a digest of its own; history seals them in batches and keeps
 * where a span was cut off, so that counters and charges can be derived again from the records
 * alone.
 */
package io.billingledger.usage;
