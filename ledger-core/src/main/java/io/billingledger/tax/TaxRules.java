package io.billingledger.tax;

/** Answers which tax rules are known now, from settings and from the tax book's own history. */
public interface TaxRules {
  TaxTable known();
}
