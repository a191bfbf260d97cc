package io.billingledger.catalog;

import java.util.List;
import java.util.Map;

/**
 * Which records a meter counts, by one of their properties.
 *
 * @param exclude counts the records without these values instead
 */
public record UsageFilter(String property, List<String> values, boolean exclude) {
  public UsageFilter {
    values = List.copyOf(values);
  }

  /** A record that lacks the property has none of the values. */
  public boolean matches(Map<String, String> properties) {
    String value = properties.get(property);
    return exclude != (value != null && values.contains(value));
  }
}
