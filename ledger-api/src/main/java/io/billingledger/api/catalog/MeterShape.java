package io.billingledger.api.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.TextOrNumber;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.PricingModel;
import io.billingledger.catalog.TierMode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What usage of one metric costs. Each pricing model takes fields of its own; all take a minimum
 * and a maximum. Prices are in the currency of the plan, or of the quote.
 *
 * @param metricCode needed in a plan; nothing in a quote
 * @param name the metric's code unless given
 * @param type COUNTER unless given
 * @param aggregation SUM unless given
 * @param aggregationProperty whose values UNIQUE_COUNT counts
 * @param groupBy properties; each group of records is charged by itself
 * @param lateUsage NEXT_PERIOD_CORRECTION unless given
 * @param unitPrice of METERED: of a unit; of FLAT: the whole price, whatever is used
 * @param includedUnits of METERED: cost nothing
 * @param overageUnitPrice of METERED: of a unit beyond the included ones; the unit price if absent
 * @param tiers of TIERED and GRADUATED_PERCENTAGE, ascending, the last one open
 * @param packageRounding of PACKAGE: UP unless given
 * @param fixedFee of PERCENTAGE: for each event that is not free
 * @param freeEvents of PERCENTAGE: so many events cost nothing
 * @param freeAmount of PERCENTAGE: so much costs nothing; what is used up first ends both
 */
@Schema(name = "Meter")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeterShape(
    @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String metricCode,
    @Size(max = 200) String name,
    @Size(max = 2000) String description,
    MeterType type,
    Aggregation aggregation,
    @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String aggregationProperty,
    @Size(max = 20) List<@NotNull @Valid FilterShape> filters,
    @Size(max = 10)
        List<@NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String> groupBy,
    LateUsage lateUsage,
    @NotNull PricingModel pricingModel,
    BigDecimal unitPrice,
    @JsonDeserialize(using = TextOrNumber.class) BigDecimal includedUnits,
    BigDecimal overageUnitPrice,
    TierMode tierMode,
    @Size(max = 1000) List<@NotNull @Valid TierShape> tiers,
    @JsonDeserialize(using = TextOrNumber.class) BigDecimal packageSize,
    BigDecimal packagePrice,
    @JsonDeserialize(using = TextOrNumber.class) BigDecimal freeUnits,
    PackageRounding packageRounding,
    @JsonDeserialize(using = TextOrNumber.class) BigDecimal ratePercent,
    BigDecimal fixedFee,
    @JsonDeserialize(using = TextOrNumber.Whole.class) Integer freeEvents,
    BigDecimal freeAmount,
    BigDecimal eventMinimum,
    BigDecimal eventMaximum,
    BigDecimal minimum,
    BigDecimal maximum) {

  static MeterShape of(Meter meter) {
    Pricing pricing = meter.pricing();
    return new MeterShape(
        meter.metricCode(),
        meter.name(),
        meter.description(),
        meter.type(),
        meter.aggregation(),
        meter.aggregationProperty(),
        meter.filters().stream().map(FilterShape::of).toList(),
        meter.groupBy(),
        meter.lateUsage(),
        pricing.model(),
        pricing.unitPrice(),
        pricing.includedUnits(),
        pricing.overageUnitPrice(),
        pricing.tierMode(),
        pricing.tiers().isEmpty() ? null : pricing.tiers().stream().map(TierShape::of).toList(),
        pricing.packageSize(),
        pricing.packagePrice(),
        pricing.freeUnits(),
        pricing.packageRounding(),
        pricing.ratePercent(),
        pricing.fixedFee(),
        pricing.freeEvents(),
        pricing.freeAmount(),
        pricing.eventMinimum(),
        pricing.eventMaximum(),
        pricing.minimum(),
        pricing.maximum());
  }

  /**
   * The meter, with what was left out as it is by default.
   *
   * @param place where the shape stands in the body, such as {@code /meter}
   * @throws ProblemException naming every field that is wrong
   */
  public Meter meter(String place) {
    Meter meter =
        new Meter(
            metricCode,
            or(name, metricCode),
            description,
            or(type, MeterType.COUNTER),
            or(aggregation, Aggregation.SUM),
            aggregationProperty,
            filters == null ? List.of() : filters.stream().map(FilterShape::filter).toList(),
            or(groupBy, List.of()),
            or(lateUsage, LateUsage.NEXT_PERIOD_CORRECTION),
            pricing());
    List<Problem.Field> wrong =
        meter.faults().stream()
            .map(fault -> fault.under(place))
            .map(fault -> Problem.Field.body(fault.pointer(), fault.rule()))
            .toList();
    if (!wrong.isEmpty()) {
      throw ProblemException.body(wrong);
    }
    return meter;
  }

  /** The same for a plan, where a meter names its metric. */
  Meter meterOfPlan(String place) {
    if (metricCode == null) {
      throw ProblemException.body(place + "/metric_code", "is needed in a plan");
    }
    return meter(place);
  }

  private Pricing pricing() {
    return new Pricing(
        pricingModel,
        unitPrice,
        includedUnits,
        overageUnitPrice,
        tierMode,
        tiers == null ? List.of() : tiers.stream().map(TierShape::tier).toList(),
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
        minimum,
        maximum);
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
