package io.billingledger.demo;

/** A customer of the story. */
record Customer(
    int number, String name, String plan, boolean autoRenew, String tenantId, LedgerClient owner) {

  @Override
  public String toString() {
    return "%2d %-13s".formatted(number, name);
  }
}
