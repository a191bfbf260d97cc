package io.billingledger.catalog;

/** Whether each unit costs what its own tier says, or all cost what the last tier reached says. */
public enum TierMode {
  GRADUATED,
  VOLUME
}
