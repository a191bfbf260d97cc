/**
 * The calculator: what a price, a part of a period or a tax comes to, with the steps that lead
 * there. Computed from the request alone, by the same functions that make invoices.
 */
package io.billingledger.api.pricing;
