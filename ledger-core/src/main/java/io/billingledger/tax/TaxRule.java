package io.billingledger.tax;

import io.billingledger.kernel.TaxRuleId;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.joda.money.Money;

/**
 * A tax of a region ({@code B39}). Once it is known it never changes: a later rule of the same name
 * and region takes its place from its own first date on.
 *
 * @param region ISO country code such as {@code ID}, or {@code EU-DE} for a country of the EU
 * @param ratePercent such as 12
 * @param regulation what a person can look up, such as {@code PMK-131/2024}; may be null
 * @param byDefault whether every invoice of the region carries it
 * @param validTo first date on which it holds no more; null while open
 */
public record TaxRule(
    TaxRuleId id,
    String region,
    String name,
    BigDecimal ratePercent,
    BaseFactor baseFactor,
    String regulation,
    boolean byDefault,
    LocalDate validFrom,
    LocalDate validTo) {
  private static final String UNION = "EU-";

  public boolean isOf(String country) {
    return region.equals(country) || region.equals(UNION + country);
  }

  public boolean isOn(LocalDate date) {
    return !date.isBefore(validFrom) && (validTo == null || date.isBefore(validTo));
  }

  /** Rules of one tax follow one another. */
  public boolean isSameTaxAs(TaxRule other) {
    return region.equals(other.region) && name.equals(other.name);
  }

  public TaxRate rate() {
    return new TaxRate(ratePercent, baseFactor);
  }

  /** What a document says of it. */
  TaxLine line(Money base, Money amount) {
    return new TaxLine(name, ratePercent, baseFactor, regulation, base, amount);
  }
}
