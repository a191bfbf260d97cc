package io.billingledger.catalog;

/** When a change from one plan to another takes effect; ILLEGAL refuses it. */
public enum ChangeTiming {
  END_OF_TERM,
  IMMEDIATE,
  ILLEGAL
}
