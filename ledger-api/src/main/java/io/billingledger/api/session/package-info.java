/** What the ledger knows about whoever is asking. */
package io.billingledger.api.session;
