/**
 * The invoice: issued once with frozen lines, plan snapshot, tax and number, then settled, voided
 * or written off. A finalised invoice is never computed again; all that later happens to it is
 * money that arrives and decisions that people take.
 */
package io.billingledger.invoice;
