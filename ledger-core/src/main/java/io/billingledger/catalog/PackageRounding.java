package io.billingledger.catalog;

/** What becomes of a last package that is not full. */
public enum PackageRounding {
  UP,
  DOWN,
  EXACT
}
