package io.billingledger.rating;

import static io.billingledger.rating.Operand.given;
import static io.billingledger.rating.StepKind.TIER_AMOUNT;
import static io.billingledger.rating.StepKind.TIER_CHARGE;
import static io.billingledger.rating.StepKind.TIER_UNITS;
import static io.billingledger.rating.StepKind.TOTAL;

import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.Tier;
import io.billingledger.money.Fraction;
import io.billingledger.rating.Working.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices by tier. A quantity lies in the first tier whose {@code up_to} it does not exceed; a tier
 * is reached by whatever exceeds the one before it, the first one always.
 */
final class Tiers {
  private Tiers() {}

  static Operand units(Pricing pricing, Operand quantity, Working working) {
    return switch (pricing.tierMode()) {
      case GRADUATED -> graduated(pricing.tiers(), quantity, Tiers::unitPrice, working);
      case VOLUME -> {
        int reached = lastReached(pricing.tiers(), quantity.value());
        yield amount(pricing.tiers(), reached, quantity, Tiers::unitPrice, working);
      }
    };
  }

  static Operand percentages(Pricing pricing, Operand quantity, Working working) {
    return graduated(pricing.tiers(), quantity, Tiers::rate, working);
  }

  /** How the units of a tier are charged. */
  private interface Rate {
    Operand charge(Tier tier, Place place, Operand units, Working working);
  }

  private static Operand unitPrice(Tier tier, Place place, Operand units, Working working) {
    return working.step(
        TIER_CHARGE,
        place,
        Operation.MULTIPLY,
        units,
        given("unit_price", orZero(tier.unitPrice())));
  }

  private static Operand rate(Tier tier, Place place, Operand units, Working working) {
    return working.step(
        TIER_CHARGE, place, Operation.PERCENT, units, given("rate_percent", tier.ratePercent()));
  }

  private static Operand graduated(List<Tier> tiers, Operand quantity, Rate rate, Working working) {
    int reached = lastReached(tiers, quantity.value());
    List<Operand> amounts = new ArrayList<>();
    for (int i = 0; i <= reached; i++) {
      Operand top = i == reached ? quantity : given("up_to", tiers.get(i).upTo());
      Operand units =
          i == 0
              ? top
              : working.step(
                  TIER_UNITS,
                  Place.tier(i),
                  Operation.SUBTRACT,
                  top,
                  given("up_to", tiers.get(i - 1).upTo()));
      amounts.add(amount(tiers, i, units, rate, working));
    }
    return working.sum(TOTAL, Place.ANYWHERE, amounts);
  }

  private static Operand amount(
      List<Tier> tiers, int index, Operand units, Rate rate, Working working) {
    Tier tier = tiers.get(index);
    Place place = Place.tier(index);
    Operand charge = rate.charge(tier, place, units, working);
    return orZero(tier.flatFee()).signum() == 0
        ? charge
        : working.step(
            TIER_AMOUNT, place, Operation.ADD, charge, given("flat_fee", tier.flatFee()));
  }

  private static int lastReached(List<Tier> tiers, Fraction quantity) {
    int index = 0;
    while (index < tiers.size() - 1
        && quantity.compareTo(Fraction.of(tiers.get(index).upTo())) > 0) {
      index++;
    }
    return index;
  }

  private static BigDecimal orZero(BigDecimal price) {
    return price == null ? BigDecimal.ZERO : price;
  }
}
