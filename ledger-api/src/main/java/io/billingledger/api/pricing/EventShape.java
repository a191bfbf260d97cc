package io.billingledger.api.pricing;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import io.billingledger.api.json.Texts;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * One record of usage; a decimal string alone is its quantity.
 *
 * @param quantity what it came to; {@code amount} and {@code value} say the same
 * @param recordedAt orders the events; without it they are in the order of the list
 * @param properties for a meter that filters or counts by them
 */
@Schema(name = "QuotedEvent")
record EventShape(
    @NotNull @PositiveOrZero @JsonAlias({"amount", "value"}) BigDecimal quantity,
    Instant recordedAt,
    @Size(max = 50) Map<String, @NotNull String> properties) {

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  EventShape {
    properties = properties == null ? Map.of() : properties;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static EventShape of(String quantity) {
    return new EventShape(Texts.decimal(quantity), null, null);
  }
}
