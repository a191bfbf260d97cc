/**
 * What the views share: rows that are the fold of one stream of events, kept by a projection and
 * read again with the events that it has not seen yet. No now() and no random here, so that a
 * rebuild gives the same rows.
 */
package io.billingledger.view;
