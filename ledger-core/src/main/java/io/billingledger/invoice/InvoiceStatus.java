package io.billingledger.invoice;

/**
 * What an invoice answers as its status (B31, H24). OVERDUE is derived from the due date, never
 * stored.
 */
public enum InvoiceStatus {
  DRAFT,
  PENDING,
  PARTIAL,
  PAID,
  OVERDUE,
  VOID,
  WRITTEN_OFF,
  REFUNDED
}
