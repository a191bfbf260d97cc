/**
 * How fast the ledger is, each figure beside a raw probe of the same database taken in turns with
 * it in the same run, so that a noisy neighbour slows both.
 */
package io.billingledger.benchmarks;
