package io.billingledger.catalog;

import java.math.BigDecimal;

/**
 * How much of a metric a cycle includes ({@code T12}, {@code P07}).
 *
 * @param limit units per cycle; null is unlimited
 * @param overageUnitPrice price of a unit over the limit in the plan's currency; null if none
 */
public record UsageLimit(
    String module,
    String metric,
    BigDecimal limit,
    Enforcement enforcement,
    BigDecimal overageUnitPrice) {

  /** Whether what exceeds the limit is billed. */
  public boolean chargesOverage() {
    return enforcement == Enforcement.OVERAGE_CHARGE && limit != null && overageUnitPrice != null;
  }
}
