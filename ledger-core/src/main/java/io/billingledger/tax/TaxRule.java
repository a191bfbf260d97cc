package io.billingledger.tax;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.joda.money.Money;

/**
 * A tax of a region ({@code B39}).
 *
 * @param region ISO country code such as {@code ID}
 * @param ratePercent such as 12
 * @param regulation what a person can look up, such as {@code PMK-131/2024}
 * @param validTo first date on which it holds no more; null while open
 */
public record TaxRule(
    String name,
    String region,
    BigDecimal ratePercent,
    BaseFactor baseFactor,
    String regulation,
    LocalDate validFrom,
    LocalDate validTo) {

  public boolean holds(String country, LocalDate on) {
    return region.equals(country)
        && !on.isBefore(validFrom)
        && (validTo == null || on.isBefore(validTo));
  }

  /** The tax on top of a net sum, rounded once. */
  public Money onNet(Money net) {
    return rate().onNet(net.getCurrencyUnit(), net.getAmount(), TaxRounding.TAX).tax();
  }

  /** The tax inside a gross sum, rounded once: PPN inside 150000.00 is 14864.86. */
  public Money inGross(Money gross) {
    return rate().inGross(gross.getCurrencyUnit(), gross.getAmount(), TaxRounding.TAX).tax();
  }

  private TaxRate rate() {
    return new TaxRate(ratePercent, baseFactor);
  }
}
