package io.billingledger.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.Tier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Random prices and quantities against slow and obvious oracles, which count hundredths of a unit
 * one by one in whole numbers and know no decimals. {@code -Dcases=1000000} for more, {@code
 * -Dseed=} to repeat.
 */
class PricingOracleTest {
  private static final int CASES = Integer.getInteger("cases", 20_000);
  private static final List<CurrencyUnit> CURRENCIES =
      List.of(CurrencyUnit.of("JPY"), CurrencyUnit.USD, CurrencyUnit.of("KWD"));

  /** Prices are whole hundred-thousandths, quantities whole hundredths: amounts of 1e-7 and up. */
  private static final int PRICE_DIGITS = 5;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void tiersGraduatedAndByVolume() {
    print("tiers");
    for (int i = 0; i < CASES; i++) {
      RandomTiers table = new RandomTiers();
      int quantity = quantityNear(table.upTo);
      boolean graduated = random.nextBoolean();
      long exact = 0;
      if (graduated) {
        for (int unit = 1; unit <= quantity; unit++) {
          exact += table.unitPrice[table.tierOf(unit)];
        }
        for (int tier = 0; tier <= table.tierOf(quantity); tier++) {
          exact += 100L * table.flatFee[tier];
        }
      } else {
        int tier = table.tierOf(quantity);
        for (int unit = 1; unit <= quantity; unit++) {
          exact += table.unitPrice[tier];
        }
        exact += 100L * table.flatFee[tier];
      }
      Tier[] tiers = table.tiers();
      check(i, graduated ? Prices.graduated(tiers) : Prices.volume(tiers), quantity, exact, 1);
    }
  }

  @Test
  void percentagesByTier() {
    print("graduated percentages");
    for (int i = 0; i < CASES; i++) {
      RandomTiers table = new RandomTiers();
      int quantity = quantityNear(table.upTo);
      long exact = 0;
      for (int unit = 1; unit <= quantity; unit++) {
        exact += table.unitPrice[table.tierOf(unit)];
      }
      for (int tier = 0; tier <= table.tierOf(quantity); tier++) {
        exact += 100L * 100 * table.flatFee[tier];
      }
      check(i, Prices.graduatedPercentage(table.rates()), quantity, exact, 100);
    }
  }

  @Test
  void packages() {
    print("packages");
    for (int i = 0; i < CASES; i++) {
      int size = random.nextInt(1, 500);
      int price = random.nextInt(0, 500_000);
      int free = random.nextInt(0, 300);
      int quantity = random.nextInt(0, 2_000);
      PackageRounding rounding =
          PackageRounding.values()[random.nextInt(PackageRounding.values().length)];
      int billable = Math.max(0, quantity - free);
      Pricing pricing = Prices.packages(hundredths(size), price(price), hundredths(free), rounding);
      if (rounding == PackageRounding.EXACT) {
        check(i, pricing, quantity, 100L * billable * price, size);
      } else {
        int packages = 0;
        while (rounding == PackageRounding.UP
            ? packages * size < billable
            : (packages + 1) * size <= billable) {
          packages++;
        }
        check(i, pricing, quantity, 100L * packages * price, 1);
      }
    }
  }

  @Test
  void unitsBeyondThoseIncluded() {
    print("metered");
    for (int i = 0; i < CASES; i++) {
      int included = random.nextInt(0, 500);
      int quantity = random.nextInt(0, 1_500);
      int price = random.nextInt(0, 500_000);
      long exact = 0;
      for (int unit = 1; unit <= quantity; unit++) {
        exact += unit <= included ? 0 : price;
      }
      check(i, Prices.metered(price(price), hundredths(included), null), quantity, exact, 1);
      Pricing overage = Prices.metered("99", hundredths(included), price(price));
      check(i, overage, quantity, exact, 1);
    }
  }

  /** Amounts are whole hundredths and each of an event's hundredths is free or not. */
  @Test
  void percentagesOfEvents() {
    print("percentages of events");
    for (int i = 0; i < CASES; i++) {
      int rate = random.nextInt(0, 1_000);
      int fee = random.nextInt(0, 100);
      Integer freeEvents = random.nextBoolean() ? null : random.nextInt(0, 4);
      Integer freeAmount = random.nextBoolean() ? null : random.nextInt(0, 600);
      Integer least = random.nextBoolean() ? null : random.nextInt(0, 40);
      Integer most = random.nextBoolean() ? null : random.nextInt(40, 90);
      int[] events = random.ints(random.nextInt(0, 6), 0, 400).toArray();
      int eventsLeft = freeEvents == null ? Integer.MAX_VALUE : freeEvents;
      int amountLeft = freeAmount == null ? Integer.MAX_VALUE : freeAmount;
      boolean anyFree = freeEvents != null || freeAmount != null;
      long exact = 0;
      for (int event : events) {
        int charged = 0;
        boolean open = anyFree && eventsLeft > 0 && amountLeft > 0;
        eventsLeft--;
        for (int hundredth = 1; hundredth <= event; hundredth++) {
          if (open && amountLeft > 0) {
            amountLeft--;
          } else {
            charged++;
          }
        }
        if (charged > 0 || !open) {
          long amount = (long) charged * rate + 10_000L * fee;
          amount = least == null ? amount : Math.max(amount, 10_000L * least);
          exact += most == null ? amount : Math.min(amount, 10_000L * most);
        }
      }
      Pricing pricing =
          Prices.percentage(hundredths(rate))
              .fee(hundredths(fee))
              .free(freeEvents, freeAmount == null ? null : hundredths(freeAmount))
              .eachEvent(
                  least == null ? null : hundredths(least), most == null ? null : hundredths(most))
              .build();
      Consumption used =
          Consumption.ofEvents(
              IntStream.of(events).mapToObj(event -> new BigDecimal(hundredths(event))).toList());
      // hundredths of hundredths of a percent: 1e-6
      check(i, pricing, used, BigInteger.valueOf(exact), BigInteger.TEN.pow(6));
    }
  }

  /** The boundaries of tiers in hundredths of a unit, the last one open. */
  private final class RandomTiers {
    private final int[] upTo;
    private final int[] unitPrice;
    private final int[] flatFee;

    RandomTiers() {
      int count = random.nextInt(1, 6);
      upTo = random.ints(1, 1_200).distinct().limit(count - 1L).sorted().toArray();
      unitPrice = random.ints(count, 0, random.nextBoolean() ? 30 : 300_000).toArray();
      flatFee = random.ints(count, 0, 900_000).map(fee -> fee < 400_000 ? 0 : fee).toArray();
    }

    int tierOf(int quantity) {
      int tier = 0;
      while (tier < upTo.length && quantity > upTo[tier]) {
        tier++;
      }
      return tier;
    }

    Tier[] tiers() {
      return IntStream.range(0, unitPrice.length)
          .mapToObj(i -> Prices.tier(end(i), price(unitPrice[i]), fee(flatFee[i])))
          .toArray(Tier[]::new);
    }

    Tier[] rates() {
      return IntStream.range(0, unitPrice.length)
          .mapToObj(i -> Prices.rateTier(end(i), price(unitPrice[i]), fee(flatFee[i])))
          .toArray(Tier[]::new);
    }

    private String end(int tier) {
      return tier == upTo.length ? null : hundredths(upTo[tier]);
    }

    private String fee(int fee) {
      return fee == 0 && random.nextBoolean() ? null : price(fee);
    }
  }

  /** Often exactly on a boundary or next to it, where mistakes are. */
  private int quantityNear(int[] boundaries) {
    int choice = random.nextInt(4);
    return boundaries.length == 0 || choice == 0
        ? random.nextInt(0, 1_500)
        : boundaries[random.nextInt(boundaries.length)] + random.nextInt(-1, 2);
  }

  /**
   * @param exact of hundredths of hundred-thousandths, before the division
   */
  private void check(int number, Pricing pricing, int quantity, long exact, long divisor) {
    check(
        number,
        pricing,
        Consumption.of(new BigDecimal(hundredths(quantity))),
        BigInteger.valueOf(exact),
        BigInteger.TEN.pow(PRICE_DIGITS + 2).multiply(BigInteger.valueOf(divisor)));
  }

  private void check(
      int number, Pricing pricing, Consumption used, BigInteger exact, BigInteger one) {
    CurrencyUnit currency = CURRENCIES.get(number % CURRENCIES.size());
    Money amount = PricingEngine.V1.price(pricing, used, currency).amount();
    // Half up by whole numbers alone: floor((2 n + d) / 2 d) of the smallest units.
    BigInteger minor = exact.multiply(BigInteger.TEN.pow(currency.getDecimalPlaces()));
    BigInteger rounded = minor.shiftLeft(1).add(one).divide(one.shiftLeft(1));
    if (!amount.getAmount().unscaledValue().equals(rounded)) {
      assertThat(amount)
          .as("seed %d, case %d, %s for %s", seed, number, pricing, used)
          .isEqualTo(Money.ofMinor(currency, rounded.longValueExact()));
    }
    if (number % 1_000 == 0) {
      assertThat(pricing.faults()).as("seed %d, case %d", seed, number).isEmpty();
    }
  }

  private void print(String what) {
    System.out.println("PricingOracleTest " + what + ", seed " + seed + ", " + CASES + " cases");
  }

  private static String price(int hundredThousandths) {
    return BigDecimal.valueOf(hundredThousandths, PRICE_DIGITS).toPlainString();
  }

  private static String hundredths(int number) {
    return BigDecimal.valueOf(number, 2).toPlainString();
  }
}
