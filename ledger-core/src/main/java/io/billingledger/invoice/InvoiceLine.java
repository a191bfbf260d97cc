package io.billingledger.invoice;

import io.billingledger.kernel.LineId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.PartOfPeriod;
import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * One line (B27), frozen at issue.
 *
 * @param unitPrice as in the catalogue, before any share of a period; null where no single price
 *     holds for every unit
 * @param amount net of tax and before its discount, rounded once
 * @param grossAmount with its share of tax, after its discount
 * @param metricCode null unless it charges usage
 * @param cycleNo the subscription's cycle that it charges
 * @param discount its share of the discounts, net; null if none
 * @param part of the period that it charges; null for all of it, and on lines from before it was
 *     written down
 * @param usage null unless it charges usage
 */
public record InvoiceLine(
    LineId id,
    LineType type,
    String description,
    BigDecimal quantity,
    BigDecimal unitPrice,
    Money amount,
    Money grossAmount,
    String metricCode,
    SubscriptionId subscriptionId,
    int cycleNo,
    Money discount,
    PartOfPeriod part,
    LineUsage usage) {

  /** What is charged for it before tax. */
  public Money netAmount() {
    return discount == null ? amount : amount.minus(discount);
  }

  /** Whether it charges this usage, or brings all of it up to the plan's minimum. */
  boolean charges(SubscriptionId subscription, UsedPeriod used) {
    return subscriptionId.equals(subscription)
        && cycleNo == used.cycleNo()
        && (usage == null
            ? type == LineType.ADJUSTMENT && used.entire()
            : usage.period().equals(used.period()) && used.bills(metricCode));
  }
}
