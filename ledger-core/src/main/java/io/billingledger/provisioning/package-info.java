/**
 * What has to be made, held, closed and dropped for a tenant outside the ledger, as commanded
 * facts.
 *
 * <p>An operation (create, suspend, …) is an ordered list of steps; each is tried until it succeeds
 * or its attempts are used up, and what failed is resumed where it failed. The work itself is done
 * by others, who are told by {@code TaskQueued} and bring back how it went.
 */
package io.billingledger.provisioning;
