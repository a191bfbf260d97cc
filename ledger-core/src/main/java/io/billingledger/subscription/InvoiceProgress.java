package io.billingledger.subscription;

/** How far the open invoice of the coming cycle has come; a fact that a plan change depends on. */
public enum InvoiceProgress {
  UNTOUCHED,
  PART_PAID,
  SETTLED
}
