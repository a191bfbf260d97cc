package io.billingledger.subscription;

/** Why an invoice is wanted. */
public enum InvoiceReason {
  FIRST,
  RENEWAL,
  /** In the place of one that was voided. */
  REPLACEMENT,
  /** What was used until the subscription ended, and was not billed before; no cycle's own. */
  FINAL_USAGE,
  /** What a change within a cycle costs beyond what is paid; no cycle's own. */
  CHANGE;

  /** Whether it is the one invoice that a cycle has. */
  public boolean ofCycle() {
    return this != FINAL_USAGE && this != CHANGE;
  }
}
