package io.billingledger.subscription;

import io.billingledger.kernel.InvoiceId;

/** Answers from the invoice's own history how far it has come. */
public interface InvoiceFacts {
  InvoiceProgress progressOf(InvoiceId invoice);
}
