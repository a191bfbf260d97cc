package io.billingledger.tax;

import java.math.BigDecimal;

/**
 * The part of the price that a tax rate is applied to, as an exact fraction. Indonesia's PPN takes
 * 12 % on 11/12 of the price (PMK-131/2024).
 */
public record BaseFactor(BigDecimal numerator, BigDecimal denominator) {
  public static final BaseFactor WHOLE = new BaseFactor(BigDecimal.ONE, BigDecimal.ONE);

  public BaseFactor {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("a base factor is a fraction that is not negative");
    }
  }

  /** Reads {@code 11/12}, {@code 1} or {@code 0.9167}. */
  public static BaseFactor parse(String text) {
    String[] parts = text.strip().split("/", 2);
    return new BaseFactor(
        new BigDecimal(parts[0].strip()),
        parts.length == 2 ? new BigDecimal(parts[1].strip()) : BigDecimal.ONE);
  }

  @Override
  public String toString() {
    return denominator.compareTo(BigDecimal.ONE) == 0
        ? numerator.toPlainString()
        : numerator.toPlainString() + "/" + denominator.toPlainString();
  }
}
