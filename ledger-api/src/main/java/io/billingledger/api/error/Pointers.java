package io.billingledger.api.error;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/** JSON pointers (RFC 6901) from how Jackson and bean validation name a place. */
final class Pointers {
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  private Pointers() {}

  static String of(List<Reference> path) {
    return path.stream()
        .map(step -> step.getPropertyName() == null ? step.getIndex() : step.getPropertyName())
        .map(step -> "/" + step.toString().replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /** From {@code limits[0].unitPrice} to {@code /limits/0/unit_price}. */
  static String ofProperty(String property) {
    return "/" + snakeCase(property.replace("[", ".").replace("]", "")).replace('.', '/');
  }

  static String snakeCase(String name) {
    return SNAKE_CASE.nameForField(null, null, name);
  }
}
