package io.billingledger.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.InvoiceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  enum Kind {
    END_OF_TERM,
    AT_ONCE
  }

  record Shape(
      InvoiceId invoiceId,
      Money amountDue,
      BigDecimal unitPrice,
      Instant issuedAt,
      LocalDate startOn,
      Kind kind,
      Optional<String> note,
      Long version,
      Map<String, List<Integer>> more) {}

  private static final String WRITTEN =
      """
      {"invoice_id":"inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T",\
      "amount_due":{"amount":"150000.00","currency":"IDR"},"unit_price":"0.000012",\
      "issued_at":"2026-01-31T17:00:00Z","start_on":"2026-02-01","kind":"END_OF_TERM",\
      "note":null,"version":3,"more":{"a":[1]}}""";

  @Test
  void readsWhatItWrites() {
    Shape shape =
        new Shape(
            new InvoiceId("inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T"),
            Money.parse("IDR 150000.00"),
            new BigDecimal("0.000012"),
            Instant.parse("2026-01-31T17:00:00Z"),
            LocalDate.of(2026, 2, 1),
            Kind.END_OF_TERM,
            Optional.empty(),
            3L,
            Map.of("a", List.of(1)));
    assertThat(Json.mapper().writeValueAsString(shape)).isEqualTo(WRITTEN);
    assertThat(Json.mapper().readValue(WRITTEN, Shape.class)).isEqualTo(shape);
  }

  @Test
  void decimalsAreNeverInScientificNotation() {
    assertThat(Json.mapper().writeValueAsString(new BigDecimal("1E+3"))).isEqualTo("\"1000\"");
    assertThat(Json.mapper().writeValueAsString(Money.parse("JPY 1000")))
        .isEqualTo("{\"amount\":\"1000\",\"currency\":\"JPY\"}");
  }

  @Test
  void anOffsetIsAcceptedAndAnsweredInUtc() {
    Instant read = Json.mapper().readValue("\"2026-02-01T00:00:00+07:00\"", Instant.class);
    assertThat(Json.mapper().writeValueAsString(read)).isEqualTo("\"2026-01-31T17:00:00Z\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount_due\":150000}",
        "{\"amount_due\":\"150000.00\"}",
        "{\"amount_due\":{\"amount\":150000.00,\"currency\":\"IDR\"}}",
        "{\"amount_due\":{\"amount\":\"150000\",\"currency\":\"IDR\"}}",
        "{\"amount_due\":{\"amount\":\"150000.000\",\"currency\":\"IDR\"}}",
        "{\"amount_due\":{\"amount\":\"1e5.00\",\"currency\":\"IDR\"}}",
        "{\"amount_due\":{\"amount\":\"99999999999999999999.00\",\"currency\":\"IDR\"}}",
        "{\"amount_due\":{\"amount\":\"1.00\",\"currency\":\"idr\"}}",
        "{\"amount_due\":{\"amount\":\"1.00\",\"currency\":\"XXX\"}}",
        "{\"amount_due\":{\"amount\":\"1.00\"}}",
        "{\"amount_due\":{\"amount\":\"1.00\",\"currency\":\"IDR\",\"more\":1}}",
        "{\"unit_price\":1.5}",
        "{\"unit_price\":\"1,5\"}",
        "{\"unit_price\":\"1e999999999\"}",
        "{\"unit_price\":\"NaN\"}",
        "{\"issued_at\":1767225600}",
        "{\"issued_at\":\"2026-01-31\"}",
        "{\"issued_at\":\"2026-02-30T00:00:00Z\"}",
        "{\"issued_at\":\"+1000000000-12-31T23:59:59Z\"}",
        "{\"issued_at\":\"0000-01-01T00:00:00Z\"}",
        "{\"start_on\":\"2026-02-30\"}",
        "{\"start_on\":\"2026-2-3\"}",
        "{\"start_on\":[2026,2,3]}",
        "{\"start_on\":20260203}",
        "{\"kind\":\"end_of_term\"}",
        "{\"kind\":0}",
        "{\"kind\":\"\"}",
        "{\"version\":\"3\"}",
        "{\"version\":3.5}",
        "{\"version\":99999999999999999999}",
        "{\"invoice_id\":\"sub_01J9ZQ3V6X8Y5W2K7M4N1P0R3T\"}",
        "{\"invoiceId\":\"inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T\"}",
        "{\"more\":{\"a\\u0000\":[]}}"
      })
  void refuses(String json) {
    assertThatThrownBy(() -> Json.mapper().readValue(json, Shape.class))
        .isInstanceOf(JacksonException.class);
  }
}
