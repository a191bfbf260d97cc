package io.billingledger.rating;

import static io.billingledger.rating.Operand.given;
import static io.billingledger.rating.StepKind.BILLABLE_UNITS;
import static io.billingledger.rating.StepKind.PACKAGES;
import static io.billingledger.rating.StepKind.TOTAL;
import static io.billingledger.rating.Working.Place.ANYWHERE;

import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import java.math.BigDecimal;

/** What each model makes of usage, exactly. */
final class Models {
  private static final Operand ZERO = given("zero", BigDecimal.ZERO);

  private Models() {}

  /** What the meter costs, its minimum and maximum applied, not rounded. */
  static Operand charge(Pricing pricing, Consumption used, Working working) {
    Operand quantity = given("quantity", used.quantity());
    Operand total =
        switch (pricing.model()) {
          case FLAT -> given("unit_price", pricing.unitPrice());
          case METERED -> metered(pricing, quantity, working);
          case TIERED -> Tiers.units(pricing, quantity, working);
          case PACKAGE -> packages(pricing, quantity, working);
          case PERCENTAGE -> Percentages.ofEvents(pricing, used.events(), working);
          case GRADUATED_PERCENTAGE -> Tiers.percentages(pricing, quantity, working);
        };
    return within(pricing, total, working);
  }

  private static Operand metered(Pricing pricing, Operand quantity, Working working) {
    Operand price =
        pricing.overageUnitPrice() == null
            ? given("unit_price", pricing.unitPrice())
            : given("overage_unit_price", pricing.overageUnitPrice());
    BigDecimal included = pricing.includedUnits();
    Operand billable = beyond(quantity, "included_units", included, working);
    return working.step(TOTAL, ANYWHERE, Operation.MULTIPLY, billable, price);
  }

  private static Operand packages(Pricing pricing, Operand quantity, Working working) {
    Operand billable = beyond(quantity, "free_units", pricing.freeUnits(), working);
    Operand exact =
        working.step(
            PACKAGES,
            ANYWHERE,
            Operation.DIVIDE,
            billable,
            given("package_size", pricing.packageSize()));
    PackageRounding rounding =
        pricing.packageRounding() == null ? PackageRounding.UP : pricing.packageRounding();
    Operand packages =
        switch (rounding) {
          case UP -> working.step(PACKAGES, ANYWHERE, Operation.CEILING, exact);
          case DOWN -> working.step(PACKAGES, ANYWHERE, Operation.FLOOR, exact);
          case EXACT -> exact;
        };
    return working.step(
        TOTAL,
        ANYWHERE,
        Operation.MULTIPLY,
        packages,
        given("package_price", pricing.packagePrice()));
  }

  /** The units beyond those that cost nothing. */
  private static Operand beyond(
      Operand quantity, String name, BigDecimal costNothing, Working working) {
    if (costNothing == null) {
      return quantity;
    }
    Operand beyond =
        working.step(
            BILLABLE_UNITS, ANYWHERE, Operation.SUBTRACT, quantity, given(name, costNothing));
    return beyond.value().signum() < 0
        ? working.step(BILLABLE_UNITS, ANYWHERE, Operation.AT_LEAST, beyond, ZERO)
        : beyond;
  }

  private static Operand within(Pricing pricing, Operand total, Working working) {
    Operand charged = total;
    if (pricing.minimum() != null) {
      charged =
          working.step(
              TOTAL, ANYWHERE, Operation.AT_LEAST, charged, given("minimum", pricing.minimum()));
    }
    if (pricing.maximum() != null) {
      charged =
          working.step(
              TOTAL, ANYWHERE, Operation.AT_MOST, charged, given("maximum", pricing.maximum()));
    }
    return charged;
  }
}
