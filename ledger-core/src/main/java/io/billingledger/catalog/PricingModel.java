package io.billingledger.catalog;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a meter turns usage into an amount ({@code B07}, {@code B08}), and which fields of {@link
 * Pricing} that takes. Every model takes a minimum and a maximum.
 */
public enum PricingModel {
  /** The unit price once a period, whatever was used. */
  FLAT(Set.of("unit_price"), Set.of()),

  /**
   * A price for each unit. Units that are included cost nothing; what exceeds them costs the
   * overage price, or the unit price where there is none.
   */
  METERED(Set.of(), Set.of("unit_price", "included_units", "overage_unit_price")),

  /** Prices by tier, each tier's own for the units in it or one tier's for all of them. */
  TIERED(Set.of("tier_mode", "tiers"), Set.of()),

  /** A price for each package of units, after those that are free. */
  PACKAGE(Set.of("package_size", "package_price"), Set.of("free_units", "package_rounding")),

  /** A percentage of each event's amount, and a fee for each event, after what is free. */
  PERCENTAGE(
      Set.of("rate_percent"),
      Set.of("fixed_fee", "free_events", "free_amount", "event_minimum", "event_maximum")),

  /** Percentages by tier, each of the part of the amount that lies in it. */
  GRADUATED_PERCENTAGE(Set.of("tiers"), Set.of("tier_mode"));

  private final Set<String> needed;
  private final Set<String> known;

  PricingModel(Set<String> needed, Set<String> optional) {
    this.needed = needed;
    this.known =
        Stream.of(needed, optional, Set.of("minimum", "maximum"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean needs(String field) {
    return needed.contains(field);
  }

  boolean takes(String field) {
    return known.contains(field);
  }
}
