package io.billingledger.api.usage;

import io.billingledger.api.json.Json;
import io.billingledger.api.usage.UsageReader.Wrong;
import io.billingledger.usage.ReportedUsage;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Usage in CloudEvents 1.0 (JSON format). {@code source} and {@code id} together identify an event,
 * so they are the record's key, {@code source/id}; {@code type} is the metric and {@code time} the
 * time of use; {@code subject}, if it is a subscription's id, is the subscription. {@code data} has
 * the quantity and may have {@code metric}, {@code properties}, {@code subscription} and {@code
 * product_code}, which go before. Extension attributes are allowed and not read.
 */
final class CloudEvents {
  private static final Set<String> DATA =
      Set.of(
          UsageReader.METRIC,
          UsageReader.QUANTITY,
          UsageReader.PROPERTIES,
          UsageReader.SUBSCRIPTION,
          UsageReader.PRODUCT);

  /** Where what is read as a field of a record stands in an event. */
  private static final Map<String, String> PLACES =
      Map.of(
          "/" + UsageReader.METRIC, "/type",
          "/" + UsageReader.TIMESTAMP, "/time",
          "/" + UsageReader.KEY, "/id");

  private CloudEvents() {}

  /**
   * @throws Wrong
   */
  static ReportedUsage read(JsonNode event) {
    if (!event.isObject()) {
      throw new Wrong("", "must be an object, not " + UsageReader.shape(event));
    }
    if (!text(event, "specversion").equals("1.0")) {
      throw new Wrong("/specversion", "must be 1.0");
    }
    JsonNode data = event.get("data");
    if (data == null || !data.isObject()) {
      throw new Wrong("/data", "must be an object");
    }
    ObjectNode record = Json.mapper().createObjectNode();
    record.put(UsageReader.METRIC, text(event, "type"));
    for (String name : data.propertyNames()) {
      if (!DATA.contains(name)) {
        throw new Wrong("/data/" + UsageReader.escaped(name), "is not a field of usage");
      }
      record.set(name, data.get(name));
    }
    record.put(UsageReader.TIMESTAMP, text(event, "time"));
    record.put(UsageReader.KEY, text(event, "source") + "/" + text(event, "id"));
    JsonNode subject = event.get("subject");
    if (subject != null
        && subject.isString()
        && subject.stringValue().startsWith("sub_")
        && !data.has(UsageReader.SUBSCRIPTION)) {
      record.put(UsageReader.SUBSCRIPTION, subject.stringValue());
    }
    try {
      return UsageReader.read(record, null);
    } catch (Wrong wrong) {
      throw new Wrong(place(wrong.pointer(), data), wrong.getMessage());
    }
  }

  /** Where a field of a record stands in the event that it was read from. */
  static String place(String pointer, JsonNode data) {
    String name = pointer.isEmpty() ? "" : pointer.substring(1).split("/", 2)[0];
    return data.has(name) ? "/data" + pointer : PLACES.getOrDefault(pointer, "/data" + pointer);
  }

  private static String text(JsonNode event, String attribute) {
    JsonNode value = event.get(attribute);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw new Wrong("/" + attribute, "must be a string that is not empty");
    }
    return value.stringValue();
  }
}
