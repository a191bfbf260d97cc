package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;

/**
 * Requests for one invoice that several subscriptions may stand on. They are collected for a while;
 * then it is issued for all that have come.
 */
public interface Consolidations {
  /** Again and again is once. */
  void add(CycleInvoiceRequested wanted);

  /**
   * @return whether it was waiting; if not, the invoice may have been issued with it
   */
  boolean remove(InvoiceId invoice, SubscriptionId subscription);
}
