package io.billingledger.api.pricing;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.TextOrNumber;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxAmounts;
import io.billingledger.tax.TaxRate;
import io.billingledger.tax.TaxRounding;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A tax on one amount: on top of a base, or inside a gross amount.
 *
 * @param baseFactor the part of the price that is taxed, a decimal or a fraction such as 11/12; the
 *     whole price unless given
 * @param behaviour EXCLUSIVE goes with a base, INCLUSIVE with a gross amount, and follows from it
 * @param rounding which of tax and net is rounded first; TAX unless given
 */
@Schema(name = "QuotedTax")
record TaxShape(
    BigDecimal base,
    BigDecimal gross,
    @NotNull @PositiveOrZero @JsonDeserialize(using = TextOrNumber.class) BigDecimal ratePercent,
    BaseFactor baseFactor,
    TaxBehaviour behaviour,
    TaxRounding rounding) {

  TaxQuote quote(CurrencyUnit currency) {
    if ((base == null) == (gross == null)) {
      throw ProblemException.body("/tax/base", "or gross is needed, and not both of them");
    }
    TaxBehaviour asked = base == null ? TaxBehaviour.INCLUSIVE : TaxBehaviour.EXCLUSIVE;
    if (behaviour != null && behaviour != asked) {
      throw ProblemException.body(
          "/tax/behaviour",
          base == null
              ? "is INCLUSIVE for a gross amount; EXCLUSIVE needs a base"
              : "is EXCLUSIVE for a base; INCLUSIVE needs a gross amount");
    }
    TaxRate rate = new TaxRate(ratePercent, baseFactor == null ? BaseFactor.WHOLE : baseFactor);
    TaxRounding first = rounding == null ? TaxRounding.TAX : rounding;
    TaxAmounts amounts =
        switch (asked) {
          case EXCLUSIVE -> rate.onNet(currency, base, first);
          case INCLUSIVE -> rate.inGross(currency, gross, first);
        };
    return new TaxQuote(text(amounts.net()), text(amounts.tax()), text(amounts.gross()), currency);
  }

  private static String text(Money money) {
    return money.getAmount().toPlainString();
  }
}
