package io.billingledger.bank;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import org.joda.money.Money;

/**
 * What a part of an entry is for.
 *
 * @param paymentId of the payment on the invoice
 * @param recordedBefore whether that payment stood in the ledger already; otherwise the match has
 *     recorded it
 */
public record Allocation(
    InvoiceId invoiceId, PaymentId paymentId, Money amount, boolean recordedBefore) {}
