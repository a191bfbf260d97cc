package io.billingledger.api.tax;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxRule;
import io.billingledger.tax.TaxTable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A tax of a region.
 *
 * @param baseFactor the part of the price that it is applied to
 * @param validTo the first date on which it holds no more, by itself or because another rule of the
 *     same tax follows; null while open
 * @param byDefault whether every invoice of the region carries it
 * @param active whether it holds today
 */
@Schema(name = "TaxRule")
record TaxRuleResource(
    TaxRuleId id,
    String region,
    String name,
    BigDecimal ratePercent,
    BaseFactor baseFactor,
    String regulation,
    LocalDate validFrom,
    LocalDate validTo,
    @JsonProperty("is_default") boolean byDefault,
    @JsonProperty("is_active") boolean active) {

  static TaxRuleResource of(TaxRule rule, TaxTable table, LocalDate today) {
    return new TaxRuleResource(
        rule.id(),
        rule.region(),
        rule.name(),
        rule.ratePercent(),
        rule.baseFactor(),
        rule.regulation(),
        rule.validFrom(),
        table.end(rule).orElse(null),
        rule.byDefault(),
        table.holds(rule, today));
  }
}
