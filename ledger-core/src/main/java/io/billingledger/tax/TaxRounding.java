package io.billingledger.tax;

/** Which of the two is rounded first; the other one is what is left of the gross amount. */
public enum TaxRounding {
  TAX,
  NET
}
