/**
 * Which tax a document carries, and how much. A rule has a rate, the part of the price that it is
 * applied to, a region, the regulation behind it and the dates between which it holds; the sum per
 * rule is rounded once.
 */
package io.billingledger.tax;
