package io.billingledger.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeterFaultsTest {
  private static final Tier TEN = tier("10", "1", null);
  private static final Tier TWENTY = tier("20", "0.5", "3");
  private static final Tier OPEN = tier(null, "0.1", null);

  @Test
  void aTableOfTiersThatIsOrderedAndOpenAtTheEnd() {
    assertThat(tiered(TEN, TWENTY, OPEN).faults()).isEmpty();
    assertThat(tiered(OPEN).faults()).isEmpty();
  }

  @Test
  void eachFaultNamesItsTier() {
    assertThat(faults(tiered(TWENTY, TEN, OPEN)))
        .containsExactly("/tiers/1/up_to tier 2 must reach further than tier 1 (20), not up to 10");
    assertThat(faults(tiered(TEN, TEN, OPEN)))
        .containsExactly("/tiers/1/up_to tier 2 must reach further than tier 1 (10), not up to 10");
    assertThat(faults(tiered(tier("0", "1", null), OPEN)))
        .containsExactly("/tiers/0/up_to tier 1 must reach further than 0, not up to 0");
    assertThat(faults(tiered(TEN, OPEN, TWENTY, OPEN)))
        .containsExactly("/tiers/1/up_to tier 2 needs an up_to: only the last tier is open");
    assertThat(faults(tiered(TEN, TWENTY)))
        .containsExactly("/tiers/1/up_to tier 2 is the last one and open: its up_to must be null");
    assertThat(faults(tiered(tier("10", null, null), OPEN)))
        .containsExactly("/tiers/0/unit_price tier 1 needs a unit_price, a flat_fee or both");
    assertThat(faults(tiered(tier("10", "-1", "-2"), OPEN)))
        .containsExactly(
            "/tiers/0/unit_price tier 1 has a negative unit_price",
            "/tiers/0/flat_fee tier 1 has a negative flat_fee");
    assertThat(faults(tiered(new Tier(null, BigDecimal.ONE, null, BigDecimal.ONE))))
        .containsExactly(
            "/tiers/0/rate_percent tier 1 has a unit_price in TIERED, not a rate_percent");
  }

  @Test
  void percentagesByTierTakeRates() {
    Pricing pricing = new Given(PricingModel.GRADUATED_PERCENTAGE).tiers(TEN, OPEN).pricing();
    assertThat(faults(pricing))
        .containsExactly(
            "/tiers/0/rate_percent tier 1 needs a rate_percent",
            "/tiers/0/unit_price tier 1 has a rate_percent in GRADUATED_PERCENTAGE, not a unit_price",
            "/tiers/1/rate_percent tier 2 needs a rate_percent",
            "/tiers/1/unit_price tier 2 has a rate_percent in GRADUATED_PERCENTAGE, not a unit_price");
  }

  @Test
  void whatAModelNeedsAndWhatItDoesNotTake() {
    assertThat(faults(new Given(PricingModel.FLAT).pricing()))
        .containsExactly("/unit_price is needed by FLAT");
    assertThat(faults(new Given(PricingModel.METERED).pricing()))
        .containsExactly("/unit_price or an overage_unit_price is needed by METERED");
    assertThat(faults(new Given(PricingModel.TIERED).pricing()))
        .containsExactly("/tier_mode is needed by TIERED", "/tiers is needed by TIERED");
    assertThat(faults(new Given(PricingModel.PACKAGE).pricing()))
        .containsExactly(
            "/package_size is needed by PACKAGE", "/package_price is needed by PACKAGE");
    assertThat(faults(new Given(PricingModel.PERCENTAGE).pricing()))
        .containsExactly("/rate_percent is needed by PERCENTAGE");
    assertThat(faults(new Given(PricingModel.GRADUATED_PERCENTAGE).pricing()))
        .containsExactly("/tiers is needed by GRADUATED_PERCENTAGE");
    assertThat(faults(new Given(PricingModel.FLAT).unitPrice("1").packageSize("5").pricing()))
        .containsExactly("/package_size is not a field of FLAT");
  }

  @Test
  void rangesAndSigns() {
    assertThat(faults(new Given(PricingModel.FLAT).unitPrice("1").within("5", "4").pricing()))
        .containsExactly("/maximum must not be less than the minimum");
    assertThat(faults(new Given(PricingModel.FLAT).unitPrice("-1").pricing()))
        .containsExactly("/unit_price must not be negative");
    assertThat(faults(new Given(PricingModel.PACKAGE).packageSize("0").packagePrice("1").pricing()))
        .containsExactly("/package_size must be greater than 0");
  }

  @Test
  void everyFieldBelongsToAModel() {
    Set<String> shared = Set.of("minimum", "maximum");
    for (String field :
        List.of(
            "unit_price",
            "included_units",
            "overage_unit_price",
            "tier_mode",
            "tiers",
            "package_size",
            "package_price",
            "free_units",
            "package_rounding",
            "rate_percent",
            "fixed_fee",
            "free_events",
            "free_amount",
            "event_minimum",
            "event_maximum",
            "minimum",
            "maximum")) {
      long takenBy =
          List.of(PricingModel.values()).stream().filter(model -> model.takes(field)).count();
      assertThat(takenBy)
          .as(field)
          .isBetween(1L, shared.contains(field) ? PricingModel.values().length : 2L);
    }
  }

  @Test
  void aMetersOwnFaultsComeFirst() {
    Pricing rate = new Given(PricingModel.PERCENTAGE).pricing();
    assertThat(meter(Aggregation.COUNT, "user", List.of("a", "a"), rate).faults())
        .extracting(fault -> fault.pointer() + " " + fault.rule())
        .containsExactly(
            "/aggregation_property is not a field of COUNT",
            "/aggregation is SUM in PERCENTAGE, which prices single events",
            "/group_by must not name a property twice",
            "/rate_percent is needed by PERCENTAGE");
    assertThat(meter(Aggregation.UNIQUE_COUNT, null, List.of(), tiered(OPEN)).faults())
        .containsExactly(new Fault("/aggregation_property", "is needed by UNIQUE_COUNT"));
  }

  private static Meter meter(
      Aggregation aggregation, String property, List<String> groupBy, Pricing pricing) {
    return new Meter(
        "calls",
        "Calls",
        null,
        MeterType.COUNTER,
        aggregation,
        property,
        List.of(),
        groupBy,
        LateUsage.REJECT,
        pricing);
  }

  private static List<String> faults(Pricing pricing) {
    return pricing.faults().stream().map(fault -> fault.pointer() + " " + fault.rule()).toList();
  }

  private static Pricing tiered(Tier... tiers) {
    return new Given(PricingModel.TIERED).tiers(tiers).pricing();
  }

  private static Tier tier(String upTo, String unitPrice, String flatFee) {
    return new Tier(decimal(upTo), decimal(unitPrice), decimal(flatFee), null);
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  private static final class Given {
    private final PricingModel model;
    private BigDecimal unitPrice;
    private List<Tier> tiers = List.of();
    private BigDecimal packageSize;
    private BigDecimal packagePrice;
    private BigDecimal minimum;
    private BigDecimal maximum;

    Given(PricingModel model) {
      this.model = model;
    }

    Given unitPrice(String price) {
      unitPrice = decimal(price);
      return this;
    }

    Given tiers(Tier... given) {
      tiers = List.of(given);
      return this;
    }

    Given packageSize(String size) {
      packageSize = decimal(size);
      return this;
    }

    Given packagePrice(String price) {
      packagePrice = decimal(price);
      return this;
    }

    Given within(String least, String most) {
      minimum = decimal(least);
      maximum = decimal(most);
      return this;
    }

    Pricing pricing() {
      TierMode mode = model == PricingModel.TIERED && !tiers.isEmpty() ? TierMode.GRADUATED : null;
      return new Pricing(
          model,
          unitPrice,
          null,
          null,
          mode,
          tiers,
          packageSize,
          packagePrice,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          minimum,
          maximum);
    }
  }
}
