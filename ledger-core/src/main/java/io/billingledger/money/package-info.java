/**
 * Exact money. Amounts are Joda-Money values at their currency's minor unit; this package adds
 * exact numbers for what comes before an amount, and the two places where a digit could be lost:
 * rounding, and splitting a sum over lines.
 */
package io.billingledger.money;
