package io.billingledger.rating;

import static io.billingledger.rating.Prices.graduated;
import static io.billingledger.rating.Prices.metered;
import static io.billingledger.rating.Prices.percentage;
import static io.billingledger.rating.Prices.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.PricingModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A version of the engine is kept for ever: what it gave once, step by step, it gives today. A new
 * version writes its file once with {@code -Dgolden=write}.
 */
class EngineVersionsTest {
  private static final Path KEPT = Path.of("src/test/resources/engine");

  private record Case(String currency, Pricing pricing, Consumption used) {}

  @TestFactory
  Stream<DynamicTest> everyVersionGivesWhatItGave() {
    return Arrays.stream(PricingEngine.values())
        .map(
            engine ->
                DynamicTest.dynamicTest(
                    engine.version(),
                    () -> {
                      Path file = KEPT.resolve(engine.version() + ".txt");
                      String today =
                          cases()
                              .map(one -> written(engine, one))
                              .collect(Collectors.joining("\n"));
                      writeOnce(file, today);
                      assertThat(today).isEqualTo(Files.readString(file));
                    }));
  }

  @Test
  void theVersionsRoundDifferently() {
    Pricing half = metered("0.005", null, null);
    Consumption one = Consumption.of(BigDecimal.ONE);
    CurrencyUnit usd = CurrencyUnit.USD;
    assertThat(PricingEngine.V1.price(half, one, usd).amount()).isEqualTo(Money.parse("USD 0.01"));
    assertThat(PricingEngine.V2.price(half, one, usd).amount()).isEqualTo(Money.parse("USD 0.00"));
  }

  @Test
  void aVersionIsFoundByItsName() {
    assertThat(PricingEngine.of("v1")).isEqualTo(PricingEngine.V1);
    assertThat(PricingEngine.of("v2")).isEqualTo(PricingEngine.V2);
    assertThatThrownBy(() -> PricingEngine.of("v0")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Stream<Case> cases() {
    Pricing tiers =
        graduated(tier("10", "0.335", "2"), tier("20", "0.1", "3"), tier(null, "0.00005", null));
    Pricing volume =
        Prices.volume(tier("10", "0.335", "2"), tier("20", "0.1", "3"), tier(null, "1", null));
    Pricing bounded =
        new Prices.Builder(PricingModel.METERED).unitPrice("1.5").within("5", "20").build();
    Pricing rates =
        Prices.graduatedPercentage(
            Prices.rateTier("100", "2.5", "1"), Prices.rateTier(null, "1.25", null));
    Pricing events = percentage("2.5").fee("0.30").free(1, "50").eachEvent("0.5", "4").build();
    return Stream.of(
        of("USD", Prices.flat("9.99"), "17"),
        of("USD", metered("0.05", null, null), "1000"),
        of("USD", metered("0.05", "100", null), "60"),
        of("USD", metered("0.05", "100", "0.07"), "160.5"),
        of("USD", tiers, "0"),
        of("USD", tiers, "10"),
        of("USD", tiers, "10.5"),
        of("USD", tiers, "999999999999"),
        of("KWD", tiers, "25"),
        of("JPY", tiers, "25"),
        of("USD", volume, "0"),
        of("USD", volume, "11"),
        of("USD", volume, "21"),
        of("USD", Prices.packages("5", "10.05", "1", PackageRounding.UP), "7"),
        of("USD", Prices.packages("5", "10.05", "1", PackageRounding.DOWN), "7"),
        of("USD", Prices.packages("3", "10", "1", PackageRounding.EXACT), "11"),
        of("USD", bounded, "1"),
        of("USD", bounded, "5"),
        of("USD", bounded, "100"),
        of("USD", rates, "0"),
        of("USD", rates, "150"),
        of("USD", events, "30", "40", "10", "1000"),
        of("USD", percentage("1").build()));
  }

  private static Case of(String currency, Pricing pricing, String... quantities) {
    return new Case(
        currency,
        pricing,
        Consumption.ofEvents(Arrays.stream(quantities).map(BigDecimal::new).toList()));
  }

  private static String written(PricingEngine engine, Case one) {
    Priced priced = engine.price(one.pricing(), one.used(), CurrencyUnit.of(one.currency()));
    List<String> steps = priced.steps().stream().map(EngineVersionsTest::written).toList();
    return "%s %s = %s\n%s\n"
        .formatted(
            one.pricing().model(), one.used().events(), priced.amount(), String.join("\n", steps));
  }

  private static String written(Step step) {
    return "  %d. %s%s%s = %s%s %s"
        .formatted(
            step.number(),
            step.kind(),
            step.tier() == null ? "" : " of tier " + step.tier(),
            step.event() == null ? "" : " of event " + step.event(),
            step.operation(),
            step.rounding() == null ? "" : " " + step.rounding(),
            step.operands().stream()
                    .map(EngineVersionsTest::written)
                    .collect(Collectors.joining(", ", "(", ")"))
                + " = "
                + step.result());
  }

  private static String written(Operand operand) {
    return operand.name()
        + (operand.step() == null ? "" : " of step " + operand.step())
        + " "
        + operand.value();
  }

  private static void writeOnce(Path file, String text) throws IOException {
    if (!Files.exists(file) && "write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file).as("what a version gives is kept").exists();
  }
}
