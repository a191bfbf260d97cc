package io.billingledger.rating;

import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.money.Fraction;
import io.billingledger.rating.UsageReading.LimitUse;
import io.billingledger.rating.UsageReading.MeterUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;

/**
 * Rates what was used in a span: a pure function of the aggregated usage, the price version and the
 * engine's version (B26). Each group of a meter is priced, and rounded, by itself; a meter's
 * minimum and maximum hold for its groups together.
 */
public final class UsageRating {
  private final PlanTerms terms;
  private final PricingEngine engine;
  private final CurrencyUnit currency;

  private UsageRating(PlanTerms terms, PricingEngine engine) {
    this.terms = terms;
    this.engine = engine;
    this.currency = terms.price().getCurrencyUnit();
  }

  public static RatedReading rate(PlanTerms terms, UsageReading reading, PricingEngine engine) {
    return new RatedReading(
        engine, new UsageRating(terms, engine).uses(reading), reading.closedAt());
  }

  private List<RatedUse> uses(UsageReading reading) {
    List<RatedUse> uses = new ArrayList<>();
    for (Meter meter : terms.meters()) {
      List<MeterUse> groups =
          reading.meters().stream()
              .filter(use -> use.metricCode().equals(meter.metricCode()))
              .toList();
      if (meter.groupBy().isEmpty()) {
        groups.forEach(use -> uses.add(metered(meter, meter.pricing(), use)));
      } else {
        uses.addAll(grouped(meter, groups));
      }
    }
    for (UsageLimit limit : terms.chargedLimits()) {
      reading.limits().stream()
          .filter(use -> use.module().equals(limit.module()) && use.metric().equals(limit.metric()))
          .forEach(use -> uses.add(overage(limit, use)));
    }
    return uses;
  }

  /**
   * A line of its own brings the groups up to the meter's minimum. Its maximum is used up by the
   * groups in their order; what a group costs beyond what is left of it is not charged.
   */
  private List<RatedUse> grouped(Meter meter, List<MeterUse> groups) {
    Pricing all = meter.pricing();
    BigDecimal left = all.maximum();
    BigDecimal sum = BigDecimal.ZERO;
    List<RatedUse> rated = new ArrayList<>();
    for (MeterUse use : groups) {
      RatedUse group = metered(meter, all.within(null, left), use);
      BigDecimal amount = group.priced().amount().getAmount();
      sum = sum.add(amount);
      left = left == null ? null : left.subtract(amount).max(BigDecimal.ZERO);
      rated.add(group);
    }
    if (all.minimum() != null && sum.compareTo(all.minimum()) < 0) {
      rated.add(upTo(meter, all.minimum().subtract(sum)));
    }
    return rated;
  }

  private RatedUse metered(Meter meter, Pricing pricing, MeterUse use) {
    Fraction quantity = use.used().quantity();
    Charged charged = charged(pricing, quantity);
    return new RatedUse(
        meter.metricCode(),
        name(meter),
        false,
        use.group(),
        pricing,
        quantity,
        use.records(),
        charged.quantity(),
        charged.unitPrice(),
        engine.price(pricing, use.used(), currency));
  }

  private RatedUse upTo(Meter meter, BigDecimal missing) {
    Pricing flat = Pricing.flat(missing);
    return new RatedUse(
        meter.metricCode(),
        name(meter) + ", up to the minimum",
        false,
        Map.of(),
        flat,
        Fraction.ZERO,
        0,
        Fraction.ONE,
        missing,
        engine.price(flat, Consumption.of(BigDecimal.ZERO), currency));
  }

  private RatedUse overage(UsageLimit limit, LimitUse use) {
    Pricing pricing = Pricing.overage(limit.limit(), limit.overageUnitPrice());
    Fraction quantity = Fraction.of(use.used());
    return new RatedUse(
        limit.module() + "/" + limit.metric(),
        limit.module() + " " + limit.metric() + " over " + limit.limit().toPlainString(),
        true,
        Map.of(),
        pricing,
        quantity,
        use.records(),
        beyond(quantity, limit.limit()),
        limit.overageUnitPrice(),
        engine.price(pricing, Consumption.of(use.used()), currency));
  }

  /** What a unit price is asked for; without one price for all units, the quantity itself. */
  private record Charged(Fraction quantity, BigDecimal unitPrice) {}

  private static Charged charged(Pricing pricing, Fraction quantity) {
    return switch (pricing.model()) {
      case FLAT -> new Charged(Fraction.ONE, pricing.unitPrice());
      case METERED ->
          new Charged(
              beyond(quantity, pricing.includedUnits()),
              pricing.overageUnitPrice() == null
                  ? pricing.unitPrice()
                  : pricing.overageUnitPrice());
      case PACKAGE -> new Charged(packages(pricing, quantity), pricing.packagePrice());
      case TIERED, PERCENTAGE, GRADUATED_PERCENTAGE -> new Charged(quantity, null);
    };
  }

  private static Fraction packages(Pricing pricing, Fraction quantity) {
    Fraction exact =
        beyond(quantity, pricing.freeUnits()).dividedBy(Fraction.of(pricing.packageSize()));
    PackageRounding rounding =
        pricing.packageRounding() == null ? PackageRounding.UP : pricing.packageRounding();
    return switch (rounding) {
      case UP -> Fraction.of(exact.rounded(0, RoundingMode.CEILING));
      case DOWN -> Fraction.of(exact.rounded(0, RoundingMode.FLOOR));
      case EXACT -> exact;
    };
  }

  private static Fraction beyond(Fraction quantity, BigDecimal costNothing) {
    Fraction beyond = costNothing == null ? quantity : quantity.minus(Fraction.of(costNothing));
    return beyond.signum() < 0 ? Fraction.ZERO : beyond;
  }

  private static String name(Meter meter) {
    return meter.name() == null ? meter.metricCode() : meter.name();
  }
}
