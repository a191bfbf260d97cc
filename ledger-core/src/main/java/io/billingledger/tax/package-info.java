/**
 * Which taxes a document carries, and how much. A rule has a rate, the part of the price that it is
 * applied to, a region, the regulation behind it and the dates between which it holds; the sum per
 * rule is rounded once. Rules come from settings and from the tax book, whose history keeps them.
 */
package io.billingledger.tax;
