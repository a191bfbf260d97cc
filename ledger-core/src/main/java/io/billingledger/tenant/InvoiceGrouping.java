package io.billingledger.tenant;

/** What the invoices for new cycles of a tenant's subscriptions have to do with one another. */
public enum InvoiceGrouping {
  /** Each subscription has its own. */
  SEPARATE,
  /**
   * Cycles that are asked for on the same day, due on the same day and dunned alike stand on one
   * invoice.
   */
  CONSOLIDATED
}
