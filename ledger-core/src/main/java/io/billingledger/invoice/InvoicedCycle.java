package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingPeriod;
import java.util.List;

/**
 * A subscription's cycle as an invoice charges it.
 *
 * @param plan frozen (B33)
 * @param usage the ended periods whose usage is billed with it; none in advance
 */
public record InvoicedCycle(
    SubscriptionId subscriptionId,
    InvoiceReason reason,
    int cycleNo,
    BillingPeriod period,
    PlanSnapshot plan,
    int quantity,
    List<UsedPeriod> usage) {
  public InvoicedCycle {
    usage = usage == null ? List.of() : List.copyOf(usage);
  }
}
