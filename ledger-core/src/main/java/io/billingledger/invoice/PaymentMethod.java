package io.billingledger.invoice;

/** How money came (H26). */
public enum PaymentMethod {
  BANK_TRANSFER,
  CASH,
  CHEQUE,
  CARD,
  VIRTUAL_ACCOUNT,
  QRIS,
  EWALLET,
  OTHER
}
