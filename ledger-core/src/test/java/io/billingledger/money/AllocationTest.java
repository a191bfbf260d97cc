package io.billingledger.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class AllocationTest {

  @Test
  void theLargestRemainderTakesTheOddUnit() {
    assertThat(
            Allocation.split(
                Money.parse("IDR 100.00"), List.of(decimal("1"), decimal("1"), decimal("1"))))
        .containsExactly(
            Money.parse("IDR 33.34"), Money.parse("IDR 33.33"), Money.parse("IDR 33.33"));
  }

  @Test
  void partsAlwaysSumBackAndStayWithinAUnitOfTheirShare() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("AllocationTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < Integer.getInteger("cases", 20_000); i++) {
      Money total =
          Money.ofMinor(
              Money.parse("IDR 0").getCurrencyUnit(), random.nextLong(-9_000_000, 9_000_000));
      List<BigDecimal> weights = new ArrayList<>();
      for (int k = random.nextInt(1, 9); k > 0; k--) {
        weights.add(BigDecimal.valueOf(random.nextInt(1, 100_000), random.nextInt(0, 4)));
      }
      List<Money> parts = Allocation.split(total, weights);
      assertThat(parts.stream().reduce(Money::plus).orElseThrow()).isEqualTo(total);
      BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      for (int k = 0; k < parts.size(); k++) {
        BigDecimal error =
            parts
                .get(k)
                .getAmount()
                .multiply(sum)
                .subtract(total.getAmount().multiply(weights.get(k)))
                .abs();
        assertThat(error).isLessThan(sum.multiply(decimal("0.01")));
      }
    }
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }
}
