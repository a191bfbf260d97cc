/**
 * What usage costs: records become quantities, quantities become amounts, and every amount comes
 * with the steps that lead to it. Pure and exact; an amount is rounded once, at the end, by a named
 * version of the engine that is kept for as long as an invoice was made with it (B04, B25).
 */
package io.billingledger.rating;
