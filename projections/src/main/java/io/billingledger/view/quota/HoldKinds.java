package io.billingledger.view.quota;

import io.billingledger.tenant.HoldKind;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A tenant's holds in one column: {@code inv_01J…=DUNNING,manual=MANUAL}. */
@Converter
class HoldKinds implements AttributeConverter<Map<String, HoldKind>, String> {

  @Override
  public String convertToDatabaseColumn(Map<String, HoldKind> holds) {
    return new TreeMap<>(holds)
        .entrySet().stream()
            .map(hold -> hold.getKey() + "=" + hold.getValue())
            .collect(Collectors.joining(","));
  }

  @Override
  public Map<String, HoldKind> convertToEntityAttribute(String text) {
    return text.isEmpty()
        ? Map.of()
        : Arrays.stream(text.split(","))
            .map(hold -> hold.split("="))
            .collect(
                Collectors.toUnmodifiableMap(hold -> hold[0], hold -> HoldKind.valueOf(hold[1])));
  }
}
