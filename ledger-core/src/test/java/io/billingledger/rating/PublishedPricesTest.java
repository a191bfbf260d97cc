package io.billingledger.rating;

import static io.billingledger.rating.Prices.decimal;
import static io.billingledger.rating.Prices.graduated;
import static io.billingledger.rating.Prices.graduatedPercentage;
import static io.billingledger.rating.Prices.metered;
import static io.billingledger.rating.Prices.packages;
import static io.billingledger.rating.Prices.percentage;
import static io.billingledger.rating.Prices.rateTier;
import static io.billingledger.rating.Prices.tier;
import static io.billingledger.rating.Prices.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import java.util.Arrays;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prices that others publish as worked examples, by whose they are. Numbers only. */
class PublishedPricesTest {

  @TestFactory
  Stream<DynamicTest> stripe() {
    Pricing fonts = volume(tier("5", "7", null), tier("10", "6.5", null), tier(null, "6", null));
    Pricing graduatedFonts =
        graduated(tier("5", "7", null), tier("10", "6.5", null), tier(null, "6", null));
    Pricing five =
        volume(
            tier("5", "5", null),
            tier("10", "4", null),
            tier("15", "3", null),
            tier("20", "2", null),
            tier(null, "1", null));
    Pricing graduatedFive =
        graduated(
            tier("5", "5", null),
            tier("10", "4", null),
            tier("15", "3", null),
            tier("20", "2", null),
            tier(null, "1", null));
    Pricing users = packages("5", "10", null, PackageRounding.UP);
    return Stream.of(
        costs("volume, 1 font", fonts, "1", "7"),
        costs("volume, 5 fonts", fonts, "5", "35"),
        costs("volume, 6 fonts", fonts, "6", "39"),
        costs("volume, 20 fonts", fonts, "20", "120"),
        costs("volume, 25 fonts", fonts, "25", "150"),
        costs("graduated, 5 fonts", graduatedFonts, "5", "35"),
        costs("graduated, 6 fonts", graduatedFonts, "6", "41.50"),
        costs("five tiers by volume, 6", five, "6", "24"),
        costs("five tiers by volume, 20", five, "20", "40"),
        costs("five tiers by volume, 25", five, "25", "25"),
        costs("five tiers graduated, 6", graduatedFive, "6", "29"),
        costs("5 for every unit", metered("5", null, null), "25", "125"),
        costs("10 for every 5 users, 1", users, "1", "10"),
        costs("10 for every 5 users, 5", users, "5", "10"),
        costs("10 for every 5 users, 6", users, "6", "20"),
        costs("10 for every 5 users, 7", users, "7", "20"),
        costs("150 minutes at 10 an hour", packages("60", "10", null, null), "150", "30"),
        costs("6 users rounded down", packages("5", "10", null, PackageRounding.DOWN), "6", "10"));
  }

  @TestFactory
  Stream<DynamicTest> lago() {
    Pricing ranges = graduated(tier("10", "0.10", "0.02"), tier(null, "0.05", "0.03"));
    Pricing volumes =
        volume(tier("100", "2", "10"), tier("200", "1", "0"), tier(null, "0.5", "50"));
    Pricing calls =
        volume(
            tier("10000", "0.0010", "10"),
            tier("50000", "0.0008", "10"),
            tier("100000", "0.0006", "10"),
            tier(null, "0.0004", "10"));
    Pricing rates =
        graduatedPercentage(
            rateTier("10", "1", "200"), rateTier("20", "2", "300"), rateTier(null, "3", "400"));
    Pricing transactions =
        graduatedPercentage(
            rateTier("1000", "1", "200"),
            rateTier("10000", "2", "300"),
            rateTier(null, "3", "400"));
    return Stream.of(
        costs("a price for each unit", metered("0.05", null, null), "1000", "50"),
        costs("graduated, 1", ranges, "1", "0.12"),
        costs("graduated, 10", ranges, "10", "1.02"),
        costs("graduated, 11", ranges, "11", "1.10"),
        costs("graduated, 12", ranges, "12", "1.15"),
        costs("volume, 1", volumes, "1", "12"),
        costs("volume, 100", volumes, "100", "210"),
        costs("volume, 101", volumes, "101", "101"),
        costs("volume, 200", volumes, "200", "200"),
        costs("volume, 300", volumes, "300", "200"),
        costs("65,000 calls by volume", calls, "65000", "49"),
        costs("packages of 10", packages("10", "1.00", "0", null), "121", "13"),
        costs("packages of 10, 10 free", packages("10", "1.00", "10", null), "121", "12"),
        costs("5 for 100, 100 free", packages("100", "5", "100", null), "201", "10"),
        costs("graduated percentage, 1", rates, "1", "200.01"),
        costs("graduated percentage, 10", rates, "10", "200.10"),
        costs("graduated percentage, 11", rates, "11", "500.12"),
        costs("graduated percentage, 12", rates, "12", "500.14"),
        costs("graduated percentage, 21", rates, "21", "900.33"),
        costs("a first transaction", transactions, "500", "205"),
        costs("and a second", transactions, "1050", "511"),
        costs("and a third", transactions, "5050", "591"));
  }

  @TestFactory
  Stream<DynamicTest> lagoPercentages() {
    String[] four = {"50", "100", "250", "400"};
    String[] three = {"100", "1000", "10000"};
    return Stream.of(
        eventsCost(
            "1.2 % and 0.10, 3 events or 500 free",
            percentage("1.2").fee("0.10").free(3, "500").build(),
            "0.70",
            "200",
            "100",
            "100",
            "50"),
        eventsCost("both free", percentage("1.3").fee("2").free(3, "250").build(), "11.15", four),
        eventsCost(
            "free amount", percentage("1.3").fee("2").free(null, "250").build(), "11.15", four),
        eventsCost("free events", percentage("1.3").fee("2").free(3, null).build(), "7.20", four),
        eventsCost("nothing free", percentage("1.3").fee("2").build(), "18.40", four),
        eventsCost("no rate", percentage("0").fee("2").build(), "8", four),
        eventsCost("more free events", percentage("1.3").fee("2").free(5, null).build(), "0", four),
        eventsCost("no bounds", percentage("1").fee("0").build(), "111", three),
        eventsCost(
            "bounds", percentage("1").fee("0").eachEvent("1.75", "12").build(), "23.75", three),
        eventsCost(
            "bounds, with a fee",
            percentage("1").fee("1").eachEvent("1.75", "12").build(),
            "25",
            three),
        eventsCost(
            "bounds, with free events",
            percentage("1").fee("0").free(2, null).eachEvent("1.75", "12").build(),
            "12",
            three),
        eventsCost(
            "bounds, with a free amount",
            percentage("1").fee("0").free(null, "300").eachEvent("1.75", "12").build(),
            "20",
            three),
        eventsCost(
            "bounds, with both",
            percentage("1").fee("0").free(3, "10000").eachEvent("1.75", "12").build(),
            "11",
            three));
  }

  @TestFactory
  Stream<DynamicTest> others() {
    return Stream.of(
        costs(
            "Kill Bill: videos, 7",
            graduated(tier("5", "2", null), tier(null, "1", null)),
            "7",
            "12"),
        costs(
            "Kill Bill: litres, 1200",
            graduated(tier("1000", "1.5", null), tier(null, "2", null)),
            "1200",
            "1900"),
        costs(
            "Recurly: 150 documents",
            graduated(tier("100", "1", null), tier(null, "0.5", null)),
            "150",
            "125"),
        costs(
            "Zuora: 130 units with overage",
            graduated(tier("100", "0", null), tier(null, "2", null)),
            "130",
            "60"),
        costs(
            "Zuora: 5 licences by volume",
            volume(tier("50", "120", null), tier(null, "100", null)),
            "5",
            "600"),
        costs(
            "Zuora: 60 licences by volume",
            volume(tier("50", "120", null), tier(null, "100", null)),
            "60",
            "6000"),
        costs("OpenMeter: 10,000 tokens", metered("0.01", null, null), "10000", "100"),
        costs("Chargebee: a package", packages("1000000", "1.25", null, null), "1000000", "1.25"),
        costs("Chargebee: 10 tokens", packages("1000000", "1.25", null, null), "10", "1.25"),
        costs("Chargebee: a half", packages("1000000", "1.25", null, null), "1500000", "2.50"),
        costs(
            "Autumn: 15,000 requests",
            graduated(
                tier("1000", "0.01", null),
                tier("10000", "0.008", null),
                tier(null, "0.005", null)),
            "15000",
            "107"),
        costs(
            "Zuplo: 15,000 units graduated",
            graduated(
                tier("1000", "0.10", null), tier("10000", "0.05", null), tier(null, "0.01", null)),
            "15000",
            "600"),
        costs(
            "Zuplo: 15,000 units by volume",
            volume(
                tier("1000", "0.10", null), tier("10000", "0.05", null), tier(null, "0.01", null)),
            "15000",
            "150"));
  }

  private static DynamicTest costs(String name, Pricing pricing, String quantity, String expected) {
    return dynamicTest(name, () -> check(pricing, Consumption.of(decimal(quantity)), expected));
  }

  private static DynamicTest eventsCost(
      String name, Pricing pricing, String expected, String... events) {
    return dynamicTest(
        name,
        () ->
            check(
                pricing,
                Consumption.ofEvents(Arrays.stream(events).map(Prices::decimal).toList()),
                expected));
  }

  private static void check(Pricing pricing, Consumption used, String expected) {
    CurrencyUnit usd = CurrencyUnit.of("USD");
    assertThat(pricing.faults()).isEmpty();
    assertThat(PricingEngine.V1.price(pricing, used, usd).amount())
        .isEqualTo(Money.of(usd, decimal(expected)));
  }
}
