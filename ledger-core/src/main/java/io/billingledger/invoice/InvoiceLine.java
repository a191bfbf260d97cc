package io.billingledger.invoice;

import io.billingledger.kernel.LineId;
import io.billingledger.kernel.SubscriptionId;
import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * One line (B27), frozen at issue.
 *
 * @param unitPrice as in the catalogue, before any share of a period
 * @param amount net of tax, rounded once
 * @param grossAmount with its share of tax
 * @param metricCode null unless it charges usage
 * @param cycleNo the subscription's cycle that it charges
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
    int cycleNo) {}
