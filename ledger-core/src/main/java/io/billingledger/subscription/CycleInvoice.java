package io.billingledger.subscription;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.time.BillingPeriod;
import java.time.LocalDate;

/**
 * The invoice that was asked for a cycle.
 *
 * @param dueOn local date at whose beginning it is due
 * @param attempt from 1; an invoice in the place of a voided one is the next attempt
 */
public record CycleInvoice(
    InvoiceId invoiceId,
    int cycleNo,
    BillingPeriod period,
    String planCode,
    int planVersion,
    LocalDate dueOn,
    int attempt,
    boolean settled) {

  CycleInvoice asSettled() {
    return new CycleInvoice(
        invoiceId, cycleNo, period, planCode, planVersion, dueOn, attempt, true);
  }
}
