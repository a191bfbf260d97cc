package io.billingledger.api.quota;

import java.math.BigDecimal;

/** Quantities are answered without the zeros that sums leave behind. */
final class Decimals {
  private Decimals() {}

  /**
   * @param number may be null
   */
  static BigDecimal tidy(BigDecimal number) {
    return number == null ? null : number.stripTrailingZeros();
  }
}
