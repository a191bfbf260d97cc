/**
 * What a tenant may use now: its write access, its subscriptions with plan version and cycle, and
 * the limits of every plan version, all in rows that this view keeps itself.
 *
 * <p>What was used is not here: counters count consumptions, not events, and outlive a rebuild.
 */
package io.billingledger.view.quota;
