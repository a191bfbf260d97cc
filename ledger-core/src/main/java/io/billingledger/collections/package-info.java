/**
 * The auditable half of dunning: which notices went out, when an invoice made its subscription past
 * due, suspended or terminated. The schedule is a pure function of the plan's policy and of what
 * really happened, so that an outage punishes nobody.
 */
package io.billingledger.collections;
