package io.billingledger.api.usage;

import io.billingledger.api.json.Json;
import io.billingledger.usage.UsageRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A record as the body that would report it. */
final class UsageShapes {
  private UsageShapes() {}

  /** The body, with what it leaves out as in the record; but for the key, which is never reused. */
  static JsonNode over(UsageRecord before, JsonNode body) {
    if (!body.isObject()) {
      return body;
    }
    ObjectNode shape =
        Json.mapper()
            .valueToTree(
                new UsageShape(
                    before.metric(),
                    before.quantity(),
                    before.usedAt(),
                    before.properties(),
                    before.named() ? before.subscriptionId() : null,
                    before.productCode(),
                    null));
    body.properties().forEach(field -> shape.set(field.getKey(), field.getValue()));
    return shape;
  }
}
