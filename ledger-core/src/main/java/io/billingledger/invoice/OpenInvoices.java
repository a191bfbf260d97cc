package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;

/** Answers from the invoice's own history whether something is still due on it. */
public interface OpenInvoices {
  boolean isOpen(InvoiceId invoice);
}
