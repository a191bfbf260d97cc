package io.billingledger.subscription;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.PartOfPeriod;
import java.time.LocalDate;
import java.util.List;

/**
 * An invoice that was asked for: a cycle's own, or one beside it.
 *
 * @param quantity that its price is for
 * @param dueOn local date at whose beginning it is due
 * @param attempt from 1; an invoice in the place of a voided one is the next attempt
 * @param usage the ended periods whose usage it bills
 * @param part what it charges of a period; null where the period and the plan say it
 * @param kept how much of its quantity is still wanted; the rest was given back
 */
public record CycleInvoice(
    InvoiceId invoiceId,
    int cycleNo,
    BillingPeriod period,
    String planCode,
    int planVersion,
    int quantity,
    LocalDate dueOn,
    int attempt,
    InvoiceReason reason,
    List<UsedPeriod> usage,
    PartOfPeriod part,
    boolean settled,
    int kept) {

  static CycleInvoice of(CycleInvoiceRequested e) {
    return new CycleInvoice(
        e.invoiceId(),
        e.cycleNo(),
        e.period(),
        e.planCode(),
        e.planVersion(),
        e.quantity(),
        e.dueOn(),
        e.attempt(),
        e.reason(),
        e.usage(),
        e.part(),
        false,
        e.quantity());
  }

  /** The id of the invoice that takes the place of this one when it is voided. */
  InvoiceId replacement(SubscriptionId subscription) {
    return reason.ofCycle()
        ? InvoiceId.derive(subscription, cycleNo, attempt + 1)
        : InvoiceId.derive(invoiceId, attempt + 1);
  }

  /** Whether it took the place of an invoice beside the cycle's own. */
  boolean isInPlaceOf(CycleInvoice other) {
    return InvoiceId.derive(other.invoiceId, other.attempt + 1).equals(invoiceId);
  }

  CycleInvoice asSettled() {
    return with(true, kept);
  }

  CycleInvoice keeping(int units) {
    return with(settled, units);
  }

  private CycleInvoice with(boolean nowSettled, int nowKept) {
    return new CycleInvoice(
        invoiceId,
        cycleNo,
        period,
        planCode,
        planVersion,
        quantity,
        dueOn,
        attempt,
        reason,
        usage,
        part,
        nowSettled,
        nowKept);
  }
}
