package io.billingledger.api.usage;

import io.billingledger.api.catalog.Codes;
import io.billingledger.api.json.Shapes;
import io.billingledger.api.json.Texts;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.usage.ReportedUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads one record of usage field by field, so that a wrong one names its field and loses no other
 * record.
 */
final class UsageReader {
  static final String METRIC = "metric";
  static final String QUANTITY = "quantity";
  static final String TIMESTAMP = "timestamp";
  static final String PROPERTIES = "properties";
  static final String SUBSCRIPTION = "subscription";
  static final String PRODUCT = "product_code";
  static final String KEY = "idempotency_key";

  private static final Set<String> FIELDS =
      new TreeSet<>(Set.of(METRIC, QUANTITY, TIMESTAMP, PROPERTIES, SUBSCRIPTION, PRODUCT, KEY));
  private static final int LONGEST_KEY = 255;
  private static final int MOST_PROPERTIES = 50;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_VALUE = 500;

  private UsageReader() {}

  /** A field that cannot be accepted. */
  static final class Wrong extends RuntimeException {
    private final String pointer;

    Wrong(String pointer, String rule) {
      super(rule, null, false, false);
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }
  }

  /**
   * @param otherwise the record's key unless it has one
   * @throws Wrong
   */
  static ReportedUsage read(JsonNode record, String otherwise) {
    if (!record.isObject()) {
      throw new Wrong("", "must be an object, not " + shape(record));
    }
    for (String name : record.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw new Wrong(
            "/" + escaped(name), "is not a field here; known are " + String.join(", ", FIELDS));
      }
    }
    return new ReportedUsage(
        optional(record, KEY, UsageReader::key, otherwise),
        optional(record, SUBSCRIPTION, SubscriptionId::new, null),
        optional(record, PRODUCT, UsageReader::code, null),
        needed(record, METRIC, UsageReader::code),
        needed(record, QUANTITY, UsageReader::quantity),
        needed(record, TIMESTAMP, UsageReader::time),
        properties(record.get(PROPERTIES)));
  }

  static String key(String text) {
    boolean visible = !text.isEmpty() && text.length() <= LONGEST_KEY;
    for (int i = 0; visible && i < text.length(); i++) {
      visible = text.charAt(i) >= '!' && text.charAt(i) <= '~';
    }
    if (!visible) {
      throw new IllegalArgumentException("must be 1 to 255 visible ASCII characters");
    }
    return text;
  }

  private static String code(String text) {
    if (!Codes.matches(text)) {
      throw new IllegalArgumentException(Codes.RULE);
    }
    return text;
  }

  private static BigDecimal quantity(String text) {
    return Texts.decimal(text);
  }

  /** The store keeps microseconds. */
  private static Instant time(String text) {
    return Texts.instant(text).truncatedTo(ChronoUnit.MICROS);
  }

  private static <T> T needed(JsonNode record, String field, Function<String, T> read) {
    T value = optional(record, field, read, null);
    if (value == null) {
      throw new Wrong("/" + field, "must not be null");
    }
    return value;
  }

  private static <T> T optional(
      JsonNode record, String field, Function<String, T> read, T otherwise) {
    JsonNode value = record.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw new Wrong("/" + field, "must be a string, not " + shape(value));
    }
    try {
      return read.apply(Texts.storable(value.stringValue()));
    } catch (IllegalArgumentException refused) {
      throw new Wrong("/" + field, refused.getMessage());
    }
  }

  private static Map<String, String> properties(JsonNode given) {
    if (given == null || given.isNull()) {
      return Map.of();
    }
    if (!given.isObject()) {
      throw new Wrong("/" + PROPERTIES, "must be an object, not " + shape(given));
    }
    if (given.size() > MOST_PROPERTIES) {
      throw new Wrong("/" + PROPERTIES, "must have at most %d fields".formatted(MOST_PROPERTIES));
    }
    Map<String, String> properties = new HashMap<>();
    given
        .properties()
        .forEach(
            property -> {
              String pointer = "/" + PROPERTIES + "/" + escaped(property.getKey());
              if (!property.getValue().isString()) {
                throw new Wrong(pointer, "must be a string, not " + shape(property.getValue()));
              }
              properties.put(
                  sized(pointer, property.getKey(), LONGEST_NAME),
                  sized(pointer, property.getValue().stringValue(), LONGEST_VALUE));
            });
    return properties;
  }

  private static String sized(String pointer, String text, int longest) {
    if (text.length() > longest) {
      throw new Wrong(
          pointer,
          "must be at most %d characters long, its name %d".formatted(LONGEST_VALUE, LONGEST_NAME));
    }
    try {
      return Texts.storable(text);
    } catch (IllegalArgumentException refused) {
      throw new Wrong(pointer, refused.getMessage());
    }
  }

  static String shape(JsonNode node) {
    JsonToken token = node.asToken();
    return Shapes.of(token);
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
