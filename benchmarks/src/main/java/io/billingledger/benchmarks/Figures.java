package io.billingledger.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, by name, in its order. */
final class Figures {
  private final Map<String, Object> all = new LinkedHashMap<>();

  void put(String name, double figure) {
    add(name, Math.round(figure * 1000) / 1000.0);
  }

  void put(String name, boolean holds) {
    add(name, holds);
  }

  /**
   * @throws IllegalStateException when it does not hold: a figure of a broken ledger is none
   */
  void require(String name, boolean holds) {
    add(name, holds);
    if (!holds) {
      throw new IllegalStateException(name + " does not hold");
    }
  }

  private void add(String name, Object value) {
    all.put(name, value);
    System.out.printf(Locale.ROOT, "%-40s %s%n", name, value);
  }

  String json() {
    return JsonMapper.builder().build().writeValueAsString(all);
  }
}
