/**
 * Billing time: half-open periods of local dates in the tenant's zone, the intervals that follow
 * one another without a gap, and the instants at which local dates begin. No clock of its own.
 */
package io.billingledger.time;
