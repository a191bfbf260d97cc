package io.billingledger.catalog;

/** When a new subscription becomes active: at its start, or when its first invoice is paid. */
public enum Activation {
  IMMEDIATE,
  ON_FIRST_PAYMENT
}
