/**
 * The invoice as it is read: one row with its lines, taxes, proofs and payments. A row is a fold of
 * its invoice's events and of nothing else; whether it is overdue is asked with a clock, never
 * stored.
 */
package io.billingledger.view.invoice;
