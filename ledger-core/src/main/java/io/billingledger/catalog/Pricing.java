package io.billingledger.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What usage costs ({@code B08}): the model and the fields that it takes, the others null. Prices,
 * fees and amounts are in the plan's currency, at any scale; nothing here is rounded.
 *
 * @param unitPrice of a unit; the whole price in {@code FLAT}
 * @param includedUnits cost nothing
 * @param overageUnitPrice of a unit beyond the included ones; null is the unit price
 * @param tiers in ascending order, the last one open; empty where the model has none
 * @param packageRounding null is {@code UP}
 * @param freeEvents so many events are free of both rate and fee, in the order of their time
 * @param freeAmount so much is free; with free events too, what is used up first ends both
 * @param eventMinimum and {@code eventMaximum} of what one event that is not free costs
 * @param minimum and {@code maximum} of what the meter costs in a period
 */
public record Pricing(
    PricingModel model,
    BigDecimal unitPrice,
    BigDecimal includedUnits,
    BigDecimal overageUnitPrice,
    TierMode tierMode,
    List<Tier> tiers,
    BigDecimal packageSize,
    BigDecimal packagePrice,
    BigDecimal freeUnits,
    PackageRounding packageRounding,
    BigDecimal ratePercent,
    BigDecimal fixedFee,
    Integer freeEvents,
    BigDecimal freeAmount,
    BigDecimal eventMinimum,
    BigDecimal eventMaximum,
    BigDecimal minimum,
    BigDecimal maximum) {

  public Pricing {
    tiers = tiers == null ? List.of() : List.copyOf(tiers);
  }

  /** The price once a period, whatever was used. */
  public static Pricing flat(BigDecimal price) {
    return of(PricingModel.FLAT, price, null, null);
  }

  /** A price for each unit beyond those that are included. */
  public static Pricing overage(BigDecimal included, BigDecimal unitPrice) {
    return of(PricingModel.METERED, null, included, unitPrice);
  }

  private static Pricing of(
      PricingModel model, BigDecimal unitPrice, BigDecimal included, BigDecimal overageUnitPrice) {
    return new Pricing(
        model,
        unitPrice,
        included,
        overageUnitPrice,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same, with these bounds of what it costs instead of its own. */
  public Pricing within(BigDecimal newMinimum, BigDecimal newMaximum) {
    return new Pricing(
        model,
        unitPrice,
        includedUnits,
        overageUnitPrice,
        tierMode,
        tiers,
        packageSize,
        packagePrice,
        freeUnits,
        packageRounding,
        ratePercent,
        fixedFee,
        freeEvents,
        freeAmount,
        eventMinimum,
        eventMaximum,
        newMinimum,
        newMaximum);
  }

  /** Everything that is wrong with it, in the order of the fields; empty if it can be published. */
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    fields().forEach((name, value) -> check(name, value, faults::add));
    if (model == PricingModel.METERED && unitPrice == null && overageUnitPrice == null) {
      faults.add(new Fault("/unit_price", "or an overage_unit_price is needed by METERED"));
    }
    if (model == PricingModel.GRADUATED_PERCENTAGE && tierMode == TierMode.VOLUME) {
      faults.add(new Fault("/tier_mode", "is GRADUATED in GRADUATED_PERCENTAGE"));
    }
    if (packageSize != null && packageSize.signum() == 0) {
      faults.add(new Fault("/package_size", "must be greater than 0"));
    }
    if (model.takes("tiers")) {
      checkTiers(faults::add);
    }
    checkRange("event_minimum", eventMinimum, "event_maximum", eventMaximum, faults::add);
    checkRange("minimum", minimum, "maximum", maximum, faults::add);
    return List.copyOf(faults);
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unit_price", unitPrice);
    fields.put("included_units", includedUnits);
    fields.put("overage_unit_price", overageUnitPrice);
    fields.put("tier_mode", tierMode);
    fields.put("tiers", tiers.isEmpty() ? null : tiers);
    fields.put("package_size", packageSize);
    fields.put("package_price", packagePrice);
    fields.put("free_units", freeUnits);
    fields.put("package_rounding", packageRounding);
    fields.put("rate_percent", ratePercent);
    fields.put("fixed_fee", fixedFee);
    fields.put("free_events", freeEvents == null ? null : BigDecimal.valueOf(freeEvents));
    fields.put("free_amount", freeAmount);
    fields.put("event_minimum", eventMinimum);
    fields.put("event_maximum", eventMaximum);
    fields.put("minimum", minimum);
    fields.put("maximum", maximum);
    return fields;
  }

  private void check(String name, Object value, Consumer<Fault> faults) {
    if (value == null && model.needs(name)) {
      faults.accept(new Fault("/" + name, "is needed by " + model));
    }
    if (value != null && !model.takes(name)) {
      faults.accept(new Fault("/" + name, "is not a field of " + model));
    }
    if (value instanceof BigDecimal number && number.signum() < 0) {
      faults.accept(new Fault("/" + name, "must not be negative"));
    }
  }

  private void checkTiers(Consumer<Fault> faults) {
    BigDecimal reached = BigDecimal.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      Tier tier = tiers.get(i);
      TierFaults at = new TierFaults(i, faults);
      boolean last = i == tiers.size() - 1;
      if (last && tier.upTo() != null) {
        at.add("up_to", "is the last one and open: its up_to must be null");
      } else if (!last && tier.upTo() == null) {
        at.add("up_to", "needs an up_to: only the last tier is open");
      } else if (!last && tier.upTo().compareTo(reached) <= 0) {
        at.add(
            "up_to",
            "must reach further than %s, not up to %s"
                .formatted(
                    i == 0 ? "0" : "tier %d (%s)".formatted(i, reached.toPlainString()),
                    tier.upTo().toPlainString()));
      }
      reached = tier.upTo() == null ? reached : reached.max(tier.upTo());
      checkPrices(tier, at);
    }
  }

  private void checkPrices(Tier tier, TierFaults at) {
    if (model == PricingModel.GRADUATED_PERCENTAGE) {
      if (tier.ratePercent() == null) {
        at.add("rate_percent", "needs a rate_percent");
      }
      if (tier.unitPrice() != null) {
        at.add("unit_price", "has a rate_percent in %s, not a unit_price".formatted(model));
      }
    } else {
      if (tier.unitPrice() == null && tier.flatFee() == null) {
        at.add("unit_price", "needs a unit_price, a flat_fee or both");
      }
      if (tier.ratePercent() != null) {
        at.add("rate_percent", "has a unit_price in %s, not a rate_percent".formatted(model));
      }
    }
    at.notNegative("unit_price", tier.unitPrice());
    at.notNegative("flat_fee", tier.flatFee());
    at.notNegative("rate_percent", tier.ratePercent());
  }

  private static void checkRange(
      String low, BigDecimal least, String high, BigDecimal most, Consumer<Fault> faults) {
    if (least != null && most != null && most.compareTo(least) < 0) {
      faults.accept(new Fault("/" + high, "must not be less than the " + low));
    }
  }

  /** Faults of one tier, which people count from 1 and pointers from 0. */
  private record TierFaults(int index, Consumer<Fault> faults) {
    void add(String field, String rule) {
      faults.accept(
          new Fault(
              "/tiers/%d/%s".formatted(index, field), "tier %d %s".formatted(index + 1, rule)));
    }

    void notNegative(String field, BigDecimal number) {
      if (number != null && number.signum() < 0) {
        add(field, "has a negative " + field);
      }
    }
  }
}
