package io.billingledger.catalog;

/** What happens to a consumption over the limit (P08). */
public enum Enforcement {
  HARD_BLOCK,
  SOFT_WARNING,
  OVERAGE_CHARGE
}
