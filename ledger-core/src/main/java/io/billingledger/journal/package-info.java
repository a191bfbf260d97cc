/**
 * The books: double entry, derived from events by pure, versioned posting rules and so always
 * rebuildable. Entries balance in each currency, name their cause, and are never edited; a
 * correction is another entry.
 */
package io.billingledger.journal;
