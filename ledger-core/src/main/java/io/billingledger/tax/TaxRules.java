package io.billingledger.tax;

import java.time.LocalDate;
import java.util.Optional;

/** Finds the tax rule of a country on a date; empty where none is known. */
public interface TaxRules {
  Optional<TaxRule> ruleFor(String country, LocalDate on);
}
