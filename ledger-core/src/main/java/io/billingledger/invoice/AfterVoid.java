package io.billingledger.invoice;

/**
 * What follows a void: another invoice, a free cycle, or nothing where the subscription itself
 * withdrew it.
 */
public enum AfterVoid {
  REISSUE,
  WAIVE,
  NOTHING
}
