/**
 * The books as they are read: entries with their postings, and sums at any moment. Everything here
 * is derived from events by the posting rules and can be derived again.
 */
package io.billingledger.view.journal;
