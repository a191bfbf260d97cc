package io.billingledger.api.catalog;

import io.billingledger.catalog.UsageFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Which records a meter counts, by one of their properties.
 *
 * @param values records with one of them count
 * @param exclude records without any of them count instead; false unless given
 */
@Schema(name = "UsageFilter")
record FilterShape(
    @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String property,
    @NotEmpty @Size(max = 100) List<@NotNull @Size(max = 200) String> values,
    Boolean exclude) {

  static FilterShape of(UsageFilter filter) {
    return new FilterShape(filter.property(), filter.values(), filter.exclude());
  }

  UsageFilter filter() {
    return new UsageFilter(property, values, Boolean.TRUE.equals(exclude));
  }
}
