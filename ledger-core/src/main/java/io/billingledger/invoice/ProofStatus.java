package io.billingledger.invoice;

/** How far a proof of payment has come. */
public enum ProofStatus {
  SUBMITTED,
  AWAITING_SECOND_APPROVAL,
  APPROVED,
  REJECTED
}
