package io.billingledger.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

class TaxRateTest {

  @Test
  void whatIsRoundedFirstDecides() {
    TaxRate four = rate("4", "1");
    assertThat(four.inGross(CurrencyUnit.EUR, new BigDecimal("2.99"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=EUR 2.87, tax=EUR 0.12, gross=EUR 2.99]");
    assertThat(four.inGross(CurrencyUnit.EUR, new BigDecimal("2.99"), TaxRounding.NET))
        .hasToString("TaxAmounts[net=EUR 2.88, tax=EUR 0.11, gross=EUR 2.99]");
  }

  @Test
  void indonesiasTwelvePercentOnElevenTwelfths() {
    TaxRate ppn = rate("12", "11/12");
    assertThat(ppn.ofNet()).hasToString("0.11");
    assertThat(ppn.inGross(CurrencyUnit.of("IDR"), new BigDecimal("150000"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=IDR 135135.14, tax=IDR 14864.86, gross=IDR 150000.00]");
    // The factor as a decimal is another factor.
    assertThat(rate("12", "0.9167").ofNet()).hasToString("0.110004");
  }

  @Test
  void negativeBasesRoundAwayFromZero() {
    assertThat(
            rate("25", "1")
                .onNet(CurrencyUnit.of("DKK"), new BigDecimal("-625743.54"), TaxRounding.TAX)
                .tax())
        .hasToString("DKK -156435.89");
    assertThat(rate("10", "1").onNet(CurrencyUnit.of("JPY"), new BigDecimal("-5"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=JPY -5, tax=JPY -1, gross=JPY -6]");
  }

  @Test
  void anAmountFinerThanTheCurrencyIsRoundedLast() {
    assertThat(rate("25", "1").onNet(CurrencyUnit.EUR, new BigDecimal("12.1190"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=EUR 12.12, tax=EUR 3.03, gross=EUR 15.15]");
    assertThat(rate("100", "1").onNet(CurrencyUnit.EUR, new BigDecimal("0.004"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=EUR 0.00, tax=EUR 0.00, gross=EUR 0.00]");
    assertThat(rate("300", "1").onNet(CurrencyUnit.EUR, new BigDecimal("0.004"), TaxRounding.TAX))
        .hasToString("TaxAmounts[net=EUR 0.00, tax=EUR 0.01, gross=EUR 0.01]");
    assertThat(rate("300", "1").onNet(CurrencyUnit.EUR, new BigDecimal("0.004"), TaxRounding.NET))
        .hasToString("TaxAmounts[net=EUR 0.00, tax=EUR 0.00, gross=EUR 0.00]");
  }

  /**
   * Against whole numbers: cents, hundredths of a percent, and a comparison instead of a division.
   */
  @Test
  void theRoundedOneIsAlwaysNearestToTheExactOne() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("TaxRateTest seed " + seed + ", " + cases + " cases");
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      long cents = random.nextLong(-1_000_000, 1_000_000);
      int percent = random.nextInt(0, 5_000);
      int above = random.nextInt(1, 13);
      int below = random.nextInt(1, 13);
      TaxRate rate =
          new TaxRate(
              BigDecimal.valueOf(percent, 2),
              new BaseFactor(BigDecimal.valueOf(above), BigDecimal.valueOf(below)));
      BigDecimal amount = BigDecimal.valueOf(cents, 2);
      String which = "seed %d, case %d".formatted(seed, i);
      long part = (long) percent * above;
      long whole = 10_000L * below;
      TaxAmounts on = rate.onNet(CurrencyUnit.USD, amount, TaxRounding.TAX);
      assertNearest(which, on.tax().getAmountMinorLong(), cents, part, whole);
      TaxAmounts in = rate.inGross(CurrencyUnit.USD, amount, TaxRounding.TAX);
      assertNearest(which, in.tax().getAmountMinorLong(), cents, part, whole + part);
      TaxAmounts net = rate.inGross(CurrencyUnit.USD, amount, TaxRounding.NET);
      assertNearest(which, net.net().getAmountMinorLong(), cents, whole, whole + part);
    }
  }

  /**
   * |given − amount × part / whole| ≤ 1/2, and at exactly a half the given one is further from 0.
   */
  private static void assertNearest(String which, long given, long amount, long part, long whole) {
    BigInteger twice =
        BigInteger.valueOf(given)
            .multiply(BigInteger.valueOf(whole))
            .subtract(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)))
            .shiftLeft(1);
    int half = twice.abs().compareTo(BigInteger.valueOf(whole));
    assertThat(half).as(which).isLessThanOrEqualTo(0);
    if (half == 0) {
      assertThat(twice.signum()).as(which).isEqualTo(Long.signum(amount));
    }
  }

  private static TaxRate rate(String percent, String factor) {
    return new TaxRate(new BigDecimal(percent), BaseFactor.parse(factor));
  }
}
