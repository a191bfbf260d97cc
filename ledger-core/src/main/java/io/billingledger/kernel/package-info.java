/**
 * The words that every feature shares, and nothing else: how an event is named, what a refusal is,
 * who acts, and the ids by which features point at each other.
 *
 * <p>Nothing here knows a rule of billing.
 */
package io.billingledger.kernel;
