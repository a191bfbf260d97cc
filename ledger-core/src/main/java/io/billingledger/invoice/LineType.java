package io.billingledger.invoice;

/** What a line charges for (B28); tax is never a line. */
public enum LineType {
  RECURRING,
  SETUP,
  USAGE,
  OVERAGE,
  DISCOUNT,
  ADJUSTMENT
}
