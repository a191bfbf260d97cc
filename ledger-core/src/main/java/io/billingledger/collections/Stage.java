package io.billingledger.collections;

import io.billingledger.catalog.DunningPolicy;

/** What an overdue invoice leads to, in this order. */
public enum Stage {
  PAST_DUE,
  SUSPENDED,
  TERMINATED;

  /** Days after H, the invoice's due date. */
  int daysAfterDue(DunningPolicy policy) {
    return switch (this) {
      case PAST_DUE -> policy.pastDueAfter();
      case SUSPENDED -> policy.suspendAfter();
      case TERMINATED -> policy.terminateAfter();
    };
  }
}
