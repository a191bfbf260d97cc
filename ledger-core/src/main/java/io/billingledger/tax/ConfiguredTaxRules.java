package io.billingledger.tax;

import java.util.List;

/** The rules that settings bring; a rule of the tax book takes its place by a later date. */
public record ConfiguredTaxRules(List<TaxRule> rules) {
  public ConfiguredTaxRules {
    rules = List.copyOf(rules);
  }
}
