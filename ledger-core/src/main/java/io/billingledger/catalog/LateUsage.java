package io.billingledger.catalog;

/** What becomes of usage that arrives after its period was invoiced. */
public enum LateUsage {
  REJECT,
  NEXT_PERIOD_CORRECTION,
  CREDIT_AND_REBILL
}
