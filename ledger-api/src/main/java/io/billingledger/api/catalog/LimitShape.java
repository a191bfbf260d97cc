package io.billingledger.api.catalog;

import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.UsageLimit;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;

/**
 * How much of a metric a cycle includes.
 *
 * @param limit units per cycle; null is unlimited
 * @param enforcement HARD_BLOCK unless given
 * @param overageUnitPrice in the plan's currency; needed for OVERAGE_CHARGE
 */
@Schema(name = "Limit")
record LimitShape(
    @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String module,
    @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String metric,
    @PositiveOrZero BigDecimal limit,
    Enforcement enforcement,
    @PositiveOrZero BigDecimal overageUnitPrice) {

  LimitShape {
    if (enforcement == Enforcement.OVERAGE_CHARGE && overageUnitPrice == null) {
      throw new IllegalArgumentException("needs an overage_unit_price for OVERAGE_CHARGE");
    }
  }

  static LimitShape of(UsageLimit limit) {
    return new LimitShape(
        limit.module(),
        limit.metric(),
        limit.limit(),
        limit.enforcement(),
        limit.overageUnitPrice());
  }

  UsageLimit limits() {
    return new UsageLimit(
        module,
        metric,
        limit,
        enforcement == null ? Enforcement.HARD_BLOCK : enforcement,
        overageUnitPrice);
  }
}
