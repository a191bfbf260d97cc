package io.billingledger.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;

/** Splits an amount by weights so that the parts sum back to it exactly (largest remainder). */
public final class Allocation {
  private Allocation() {}

  /**
   * Every part is at most one minor unit away from its exact share; the units that rounding down
   * leaves over go to the largest remainders, the earlier part first.
   *
   * @param weights not negative; when all are zero the first part takes everything
   */
  public static List<Money> split(Money total, List<BigDecimal> weights) {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("nothing to split over");
    }
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (weights.stream().anyMatch(weight -> weight.signum() < 0)) {
      throw new IllegalArgumentException("weights are not negative: " + weights);
    }
    long minor = total.getAmountMinorLong();
    long[] parts = new long[weights.size()];
    BigDecimal[] remainders = new BigDecimal[weights.size()];
    long given = 0;
    for (int i = 0; i < parts.length; i++) {
      BigDecimal numerator =
          sum.signum() == 0
              ? (i == 0 ? BigDecimal.valueOf(minor) : BigDecimal.ZERO)
              : BigDecimal.valueOf(minor).multiply(weights.get(i));
      BigDecimal divisor = sum.signum() == 0 ? BigDecimal.ONE : sum;
      BigDecimal whole = numerator.divide(divisor, 0, RoundingMode.DOWN);
      parts[i] = whole.longValueExact();
      remainders[i] = numerator.subtract(whole.multiply(divisor)).abs();
      given += parts[i];
    }
    List<Integer> byRemainder = new ArrayList<>(IntStream.range(0, parts.length).boxed().toList());
    byRemainder.sort(Comparator.comparing((Integer i) -> remainders[i], Comparator.reverseOrder()));
    long left = minor - given;
    for (int k = 0; left != 0; k++) {
      long unit = Long.signum(left);
      parts[byRemainder.get(k)] += unit;
      left -= unit;
    }
    List<Money> answer = new ArrayList<>();
    for (long part : parts) {
      answer.add(Money.ofMinor(total.getCurrencyUnit(), part));
    }
    return Collections.unmodifiableList(answer);
  }
}
