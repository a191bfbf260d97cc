package io.billingledger.tax;

import io.billingledger.kernel.TaxRuleId;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Tax rules, briefly. */
public final class Rules {
  private Rules() {}

  public static TaxRule rule(String region, String name, String rate, String from) {
    return rule(region, name, rate, from, null);
  }

  public static TaxRule rule(String region, String name, String rate, String from, String to) {
    return new TaxRule(
        TaxRuleId.derive(region, name, from),
        region,
        name,
        new BigDecimal(rate),
        BaseFactor.WHOLE,
        null,
        true,
        LocalDate.parse(from),
        to == null ? null : LocalDate.parse(to));
  }
}
