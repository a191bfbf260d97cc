package io.billingledger.subscription;

/** Why a cycle's invoice is wanted. */
public enum InvoiceReason {
  FIRST,
  RENEWAL,
  /** In the place of one that was voided. */
  REPLACEMENT
}
