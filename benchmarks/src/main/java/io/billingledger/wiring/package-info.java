/** What the benchmarks need to reach inside the ledger's wiring. */
package io.billingledger.wiring;
