package io.billingledger.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FractionTest {

  @Test
  void isWrittenAsADecimalWhereOneIsExact() {
    assertThat(Fraction.of(new BigDecimal("10.500"))).hasToString("10.5");
    assertThat(Fraction.of(new BigDecimal("1E+3"))).hasToString("1000");
    assertThat(Fraction.of(0)).hasToString("0");
    assertThat(Fraction.of(10).dividedBy(Fraction.of(4))).hasToString("2.5");
    assertThat(Fraction.of(10).dividedBy(Fraction.of(3))).hasToString("10/3");
    assertThat(Fraction.of(-10).dividedBy(Fraction.of(new BigDecimal("-0.6")))).hasToString("50/3");
    assertThat(Fraction.of(10).dividedBy(Fraction.of(-3))).hasToString("-10/3");
  }

  @Test
  void isEqualByValue() {
    Fraction third = Fraction.of(2).dividedBy(Fraction.of(6));
    assertThat(third).isEqualTo(Fraction.parse("1/3")).hasSameHashCodeAs(Fraction.parse("1/3"));
    assertThat(Fraction.parse("2.50")).isEqualTo(Fraction.parse("2.5"));
    assertThat(third.plus(third).plus(third)).isEqualTo(Fraction.ONE);
    assertThat(third).isLessThan(Fraction.parse("0.34")).isGreaterThan(Fraction.parse("0.33"));
  }

  @Test
  void roundsOnceAndOnlyWhenAsked() {
    Fraction half = Fraction.parse("1/8");
    assertThat(half.rounded(2, RoundingMode.HALF_UP)).isEqualTo(new BigDecimal("0.13"));
    assertThat(half.rounded(2, RoundingMode.HALF_EVEN)).isEqualTo(new BigDecimal("0.12"));
    assertThat(Fraction.parse("-1/8").rounded(2, RoundingMode.HALF_UP))
        .as("away from zero")
        .isEqualTo(new BigDecimal("-0.13"));
  }

  @Test
  void nothingIsDividedByZero() {
    assertThatThrownBy(() -> Fraction.ONE.dividedBy(Fraction.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("FractionTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < Integer.getInteger("cases", 20_000); i++) {
      Fraction a = any(random);
      Fraction b = any(random);
      assertThat(Fraction.parse(a.toString())).as("seed %d", seed).isEqualTo(a);
      assertThat(a.plus(b).minus(b)).as("seed %d", seed).isEqualTo(a);
      if (b.signum() != 0) {
        assertThat(a.dividedBy(b).times(b)).as("seed %d", seed).isEqualTo(a);
      }
    }
  }

  private static Fraction any(Random random) {
    Fraction numerator =
        Fraction.of(BigDecimal.valueOf(random.nextInt(-100_000, 100_000), random.nextInt(-2, 6)));
    return numerator.dividedBy(
        Fraction.of(BigDecimal.valueOf(random.nextInt(1, 1_000), random.nextInt(0, 4))));
  }
}
