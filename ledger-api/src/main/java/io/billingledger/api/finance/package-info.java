/** What finance reads: the books, their sums at any moment, and what the tenants are owed. */
package io.billingledger.api.finance;
