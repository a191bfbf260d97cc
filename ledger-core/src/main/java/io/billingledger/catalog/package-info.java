/**
 * What is sold: products, plans and their versioned prices. A published version never changes; a
 * new price is a new version with the date from which it holds. The single source of truth for
 * pricing (B01): no other feature stores a price that it did not read here and freeze.
 */
package io.billingledger.catalog;
