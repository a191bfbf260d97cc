/**
 * What was used: records that are accepted once and corrected only by adding another one that takes
 * them back. A record names the cycle and plan version under which it was accepted and has a digest
 * of its own, so that counters, and later charges, can be derived again from the records alone.
 */
package io.billingledger.usage;
