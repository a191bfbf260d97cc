/** What does not agree, since when, and whose it is. */
package io.billingledger.api.reconciliation;
