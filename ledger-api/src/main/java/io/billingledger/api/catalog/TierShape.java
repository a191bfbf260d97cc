package io.billingledger.api.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.api.json.TextOrNumber;
import io.billingledger.catalog.Tier;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * One step of a tiered price.
 *
 * @param upTo the last quantity in it, inclusive; null in the last tier
 * @param unitPrice of a unit
 * @param flatFee due once the quantity reaches into the tier, in the first tier always
 * @param ratePercent of the amount, in GRADUATED_PERCENTAGE
 */
@Schema(name = "Tier")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TierShape(
    @JsonInclude @JsonDeserialize(using = TextOrNumber.class) BigDecimal upTo,
    BigDecimal unitPrice,
    BigDecimal flatFee,
    @JsonDeserialize(using = TextOrNumber.class) BigDecimal ratePercent) {

  static TierShape of(Tier tier) {
    return new TierShape(tier.upTo(), tier.unitPrice(), tier.flatFee(), tier.ratePercent());
  }

  Tier tier() {
    return new Tier(upTo, unitPrice, flatFee, ratePercent);
  }
}
