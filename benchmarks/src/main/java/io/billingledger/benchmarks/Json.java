package io.billingledger.benchmarks;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }

  static String text(JsonNode node, String pointer) {
    return node.at(pointer).asString();
  }
}
