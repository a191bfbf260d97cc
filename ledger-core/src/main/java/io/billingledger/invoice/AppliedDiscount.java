package io.billingledger.invoice;

import io.billingledger.kernel.SubscriptionId;
import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * A discount as it stands on an invoice.
 *
 * @param percent null when it was an amount
 * @param asked what it took off in the catalogue's terms: with tax inside where prices have it
 * @param amount what it took off the lines, net
 * @param subscriptionId whose lines; null where only one subscription stands on the invoice
 */
public record AppliedDiscount(
    String code,
    String description,
    BigDecimal percent,
    Money asked,
    Money amount,
    SubscriptionId subscriptionId) {

  public AppliedDiscount(
      String code, String description, BigDecimal percent, Money asked, Money amount) {
    this(code, description, percent, asked, amount, null);
  }

  /** Whether it came off lines of this subscription. */
  boolean isOf(SubscriptionId subscription) {
    return subscriptionId == null || subscriptionId.equals(subscription);
  }
}
