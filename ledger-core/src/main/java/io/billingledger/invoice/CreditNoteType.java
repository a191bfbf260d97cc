package io.billingledger.invoice;

/** What becomes of the money that a credit note takes off an invoice (B41). */
public enum CreditNoteType {
  /** Nobody has paid it yet: less is due. */
  ADJUSTMENT,
  /** It was paid, and has been paid back outside of the ledger. */
  REFUND,
  /** It was paid, and becomes the tenant's credit for later invoices. */
  BALANCE
}
