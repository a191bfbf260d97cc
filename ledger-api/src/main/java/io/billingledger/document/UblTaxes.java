package io.billingledger.document;

import io.billingledger.tax.TaxLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/**
 * A document's taxes as EN 16931 sees them. It knows one VAT on each line: that is the tax of that
 * name, or else the first. Any other tax is a charge on which there is no VAT, so that totals stay
 * what they are. VAT on a part of the price has the rate that it comes to: 12 % on 11/12 is 11 %.
 *
 * @param vat empty where no tax holds
 * @param charges every other tax
 */
record UblTaxes(Optional<TaxLine> vat, List<TaxLine> charges) {
  /** Standard rate, zero rate, exempt, and not subject to VAT (UNCL 5305). */
  enum Category {
    S,
    Z,
    E,
    O
  }

  private static final Set<String> NAMES_OF_VAT =
      Set.of("VAT", "PPN", "GST", "SST", "TVA", "IVA", "MWST", "UST", "BTW", "ALV", "MOMS", "MVA");

  /** Of a rate that no decimal can hold; the amount has to follow from it (BR-CO-17). */
  private static final int MOST_DIGITS = 10;

  static UblTaxes of(List<TaxLine> taxes) {
    Optional<TaxLine> vat =
        taxes.stream()
            .filter(tax -> NAMES_OF_VAT.contains(tax.name().toUpperCase(Locale.ROOT)))
            .findFirst()
            .or(() -> taxes.stream().findFirst());
    return new UblTaxes(
        vat, taxes.stream().filter(tax -> vat.filter(v -> v == tax).isEmpty()).toList());
  }

  /** Of what is sold. */
  Category category() {
    if (vat.isEmpty()) {
      return Category.O;
    }
    return percent().signum() == 0 ? Category.Z : Category.S;
  }

  BigDecimal percent() {
    return vat.map(
            tax ->
                tax.ratePercent()
                    .multiply(tax.baseFactor().numerator())
                    .divide(tax.baseFactor().denominator(), MOST_DIGITS, RoundingMode.HALF_UP)
                    .stripTrailingZeros())
        .orElse(BigDecimal.ZERO);
  }

  Money chargeTotal(Money zero) {
    return charges.stream().map(TaxLine::amount).reduce(zero, Money::plus);
  }

  Money amount(Money zero) {
    return vat.map(TaxLine::amount).orElse(zero);
  }
}
