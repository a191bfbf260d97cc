package io.billingledger.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact number: a decimal, or what a division leaves that no decimal can hold. Equal by value.
 * As text it is a decimal where one is exact ({@code 2.5}), else a fraction ({@code 10/3}).
 *
 * @param denominator positive
 */
public record Fraction(BigDecimal numerator, BigDecimal denominator)
    implements Comparable<Fraction> {
  public static final Fraction ZERO = of(BigDecimal.ZERO);
  public static final Fraction ONE = of(BigDecimal.ONE);

  private static final BigInteger FIVE = BigInteger.valueOf(5);

  public Fraction {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("a denominator is positive, not " + denominator);
    }
  }

  public static Fraction of(BigDecimal decimal) {
    return new Fraction(decimal, BigDecimal.ONE);
  }

  public static Fraction of(long whole) {
    return of(BigDecimal.valueOf(whole));
  }

  /** Reads what {@link #toString} writes: {@code 2.5} or {@code 10/3}. */
  public static Fraction parse(String text) {
    String[] parts = text.split("/", 2);
    Fraction numerator = of(new BigDecimal(parts[0]));
    return parts.length == 1 ? numerator : numerator.dividedBy(of(new BigDecimal(parts[1])));
  }

  public Fraction plus(Fraction other) {
    return denominator.equals(other.denominator)
        ? new Fraction(numerator.add(other.numerator), denominator)
        : new Fraction(
            numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
            denominator.multiply(other.denominator));
  }

  public Fraction minus(Fraction other) {
    return plus(new Fraction(other.numerator.negate(), other.denominator));
  }

  public Fraction times(Fraction other) {
    return new Fraction(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /**
   * @throws ArithmeticException if the other is zero
   */
  public Fraction dividedBy(Fraction other) {
    if (other.signum() == 0) {
      throw new ArithmeticException("division of " + this + " by zero");
    }
    BigDecimal sign = BigDecimal.valueOf(other.signum());
    return new Fraction(
        numerator.multiply(other.denominator).multiply(sign),
        denominator.multiply(other.numerator.abs()));
  }

  /** The nearest decimal with so many digits after the point; the only place that loses any. */
  public BigDecimal rounded(int decimals, RoundingMode mode) {
    return numerator.divide(denominator, decimals, mode);
  }

  public int signum() {
    return numerator.signum();
  }

  @Override
  public int compareTo(Fraction other) {
    return denominator.equals(other.denominator)
        ? numerator.compareTo(other.numerator)
        : numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fraction fraction && compareTo(fraction) == 0;
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    if (denominator.equals(BigDecimal.ONE)) {
      return plain(numerator);
    }
    int scale = Math.max(0, Math.max(numerator.scale(), denominator.scale()));
    BigInteger above = numerator.setScale(scale).unscaledValue();
    BigInteger below = denominator.setScale(scale).unscaledValue();
    BigInteger common = above.gcd(below);
    above = above.divide(common);
    below = below.divide(common);
    return isOfTwosAndFives(below)
        ? plain(new BigDecimal(above).divide(new BigDecimal(below)))
        : above + "/" + below;
  }

  /** Whether a division by it ends. */
  private static boolean isOfTwosAndFives(BigInteger number) {
    BigInteger odd = number.shiftRight(number.getLowestSetBit());
    while (odd.mod(FIVE).signum() == 0) {
      odd = odd.divide(FIVE);
    }
    return odd.equals(BigInteger.ONE);
  }

  private static String plain(BigDecimal decimal) {
    return decimal.stripTrailingZeros().toPlainString();
  }
}
