/**
 * Who a legal entity is to its customers: name, address, tax identity and where to pay, as data
 * with a history. A document names the seller as it was when the document was issued ({@code B32}).
 */
package io.billingledger.seller;
