package io.billingledger.rating;

import io.billingledger.catalog.Pricing;
import io.billingledger.money.Rounding;
import io.billingledger.time.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The versions of the engine. An invoice names the one that it was made with, and that one must
 * give the same amounts for ever: whoever changes how something is computed adds a version and
 * leaves these as they are ({@code engine/v1.json} in the tests holds them to it).
 */
public enum PricingEngine {
  /** Exact, then rounded once, half up, away from zero. */
  V1("v1", Rounding.MODE),
  /** Exact, then rounded once, half to the even neighbour. For comparisons; no invoice uses it. */
  V2("v2", RoundingMode.HALF_EVEN);

  /** What new invoices are made with. */
  public static final PricingEngine CURRENT = V1;

  private final String version;
  private final RoundingMode mode;

  PricingEngine(String version, RoundingMode mode) {
    this.version = version;
    this.mode = mode;
  }

  public static PricingEngine of(String version) {
    return Arrays.stream(values())
        .filter(engine -> engine.version.equals(version))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no pricing engine " + version));
  }

  /** As it is written beside an amount, such as {@code v1}. */
  public String version() {
    return version;
  }

  /**
   * What so many at a price cost, or a part of that.
   *
   * @param part null for all of it
   */
  public Priced price(
      BigDecimal quantity, BigDecimal unitPrice, Share part, CurrencyUnit currency) {
    Working working = new Working();
    Operand exact =
        working.step(
            StepKind.TOTAL,
            Working.Place.ANYWHERE,
            Operation.MULTIPLY,
            Operand.given("quantity", quantity),
            Operand.given("unit_price", unitPrice));
    if (part != null) {
      Operand times =
          working.step(
              StepKind.TOTAL,
              Working.Place.ANYWHERE,
              Operation.MULTIPLY,
              exact,
              Operand.given("part", part.part()));
      exact =
          working.step(
              StepKind.TOTAL,
              Working.Place.ANYWHERE,
              Operation.DIVIDE,
              times,
              Operand.given("whole", part.whole()));
    }
    Operand amount = working.round(exact, currency.getDecimalPlaces(), mode);
    return new Priced(
        this,
        Money.of(currency, amount.value().rounded(currency.getDecimalPlaces(), mode)),
        working.steps());
  }

  /**
   * What the usage costs.
   *
   * @param pricing without faults
   */
  public Priced price(Pricing pricing, Consumption used, CurrencyUnit currency) {
    Working working = new Working();
    Operand exact = Models.charge(pricing, used, working);
    Operand amount = working.round(exact, currency.getDecimalPlaces(), mode);
    return new Priced(
        this,
        Money.of(currency, amount.value().rounded(currency.getDecimalPlaces(), mode)),
        working.steps());
  }
}
