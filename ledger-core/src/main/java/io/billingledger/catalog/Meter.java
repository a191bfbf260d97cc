package io.billingledger.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a plan charges usage of one metric for ({@code B08}, {@code B15}): which records count, how
 * they become a quantity, and what that costs.
 *
 * @param metricCode such as {@code api_calls}; names the metric within its plan
 * @param aggregationProperty whose values {@code UNIQUE_COUNT} counts; null otherwise
 * @param filters that a record must all match to count
 * @param groupBy properties; records that differ in any of them are charged separately, each group
 *     as a line of its own
 */
public record Meter(
    String metricCode,
    String name,
    String description,
    MeterType type,
    Aggregation aggregation,
    String aggregationProperty,
    List<UsageFilter> filters,
    List<String> groupBy,
    LateUsage lateUsage,
    Pricing pricing) {

  public Meter {
    filters = List.copyOf(filters);
    groupBy = List.copyOf(groupBy);
  }

  /** Whether a record with these properties counts. */
  public boolean counts(Map<String, String> properties) {
    return filters.stream().allMatch(filter -> filter.matches(properties));
  }

  /** Everything that is wrong with it; the pricing's fields stand among the meter's own. */
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    boolean unique = aggregation == Aggregation.UNIQUE_COUNT;
    if (unique && aggregationProperty == null) {
      faults.add(new Fault("/aggregation_property", "is needed by UNIQUE_COUNT"));
    }
    if (!unique && aggregationProperty != null) {
      faults.add(new Fault("/aggregation_property", "is not a field of " + aggregation));
    }
    if (pricing.model() == PricingModel.PERCENTAGE && aggregation != Aggregation.SUM) {
      faults.add(new Fault("/aggregation", "is SUM in PERCENTAGE, which prices single events"));
    }
    if (new HashSet<>(groupBy).size() < groupBy.size()) {
      faults.add(new Fault("/group_by", "must not name a property twice"));
    }
    faults.addAll(pricing.faults());
    return List.copyOf(faults);
  }
}
