package io.billingledger.invoice;

import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.time.PartOfPeriod;
import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * What is asked for, before discount and tax: one line to be.
 *
 * @param unitPrice as in the catalogue; null where no single price holds for every unit
 * @param asked quantity and price, rounded once; not negative
 * @param behaviour whether tax is inside
 * @param cycleNo that it charges
 * @param metricCode null unless it charges usage
 * @param part of the period that it charges; null for all of it
 * @param usage null unless it charges usage
 */
public record Charge(
    LineType type,
    String description,
    BigDecimal quantity,
    BigDecimal unitPrice,
    Money asked,
    TaxBehaviour behaviour,
    int cycleNo,
    String metricCode,
    PartOfPeriod part,
    LineUsage usage) {

  public Charge {
    if (asked.isNegative()) {
      throw new IllegalArgumentException("nothing is asked that is less than nothing: " + asked);
    }
  }

  static Charge plain(
      LineType type, String description, Money asked, TaxBehaviour behaviour, int cycleNo) {
    return new Charge(
        type,
        description,
        BigDecimal.ONE,
        asked.getAmount(),
        asked,
        behaviour,
        cycleNo,
        null,
        null,
        null);
  }
}
