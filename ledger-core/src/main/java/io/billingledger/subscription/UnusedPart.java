package io.billingledger.subscription;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.money.Fraction;

/**
 * How much of what an invoice charged for its period is not used any more and is given back, as far
 * as it was paid.
 *
 * @param fraction more than 0 and at most 1
 */
public record UnusedPart(InvoiceId invoiceId, Fraction fraction) {}
