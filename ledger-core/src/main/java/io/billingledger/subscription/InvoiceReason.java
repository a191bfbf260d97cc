package io.billingledger.subscription;

/** Why an invoice is wanted. */
public enum InvoiceReason {
  FIRST,
  RENEWAL,
  /** In the place of one that was voided. */
  REPLACEMENT,
  /** What was used until the subscription ended or its plan changed within a cycle. */
  FINAL_USAGE,
  /** The rest of a cycle, after a change within it. */
  CHANGE,
  /** Usage of a billed period once more, after some of it came late; the first was credited. */
  REBILL;

  /** Whether it is the one invoice that a cycle has. */
  public boolean ofCycle() {
    return switch (this) {
      case FIRST, RENEWAL, REPLACEMENT -> true;
      case FINAL_USAGE, CHANGE, REBILL -> false;
    };
  }
}
