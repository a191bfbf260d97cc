package io.billingledger.api.quota;

/** A group of consumptions is not committed; whoever was in it goes the ordinary way. */
final class GroupUndone extends RuntimeException {
  GroupUndone(String because) {
    super(because);
  }
}
