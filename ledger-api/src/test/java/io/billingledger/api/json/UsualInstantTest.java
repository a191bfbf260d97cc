package io.billingledger.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.api.catalog.Codes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short ways read what the long ways read. */
class UsualInstantTest {

  @Test
  void whatIsUsualIsReadAsTheFormatterReadsIt() {
    for (String text :
        List.of(
            "2026-01-31T09:30:00Z",
            "2026-01-31T09:30:00.5Z",
            "2028-02-29T23:59:59.123456789Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z")) {
      assertThat(UsualInstant.parse(text))
          .as(text)
          .isEqualTo(OffsetDateTime.parse(text).toInstant());
    }
  }

  @Test
  void everythingElseIsLeftToIt() {
    for (String text :
        List.of(
            "",
            "2026-01-31",
            "2026-02-30T09:30:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T09:30:60Z",
            "2026-01-31T09:30Z",
            "2026-01-31T09:30:00.Z",
            "2026-01-31T09:30:00,5Z",
            "2026-01-31T09:30:00.1234567890Z",
            "2026-01-31T09:30:00.12345678xZ",
            "2026-01-31T09:30:00+07:00",
            "2026-01-31t09:30:00z",
            "+2026-01-31T09:30:00Z",
            "0000-01-01T00:00:00Z",
            "2026-01-31T09:30:00Z ",
            "٢026-01-31T09:30:00Z")) {
      assertThat(UsualInstant.parse(text)).as(text).isNull();
    }
    assertThat(Texts.instant("2026-01-31T09:30:00+07:00"))
        .isEqualTo(Instant.parse("2026-01-31T02:30:00Z"));
    assertThatThrownBy(() -> Texts.instant("2026-02-30T09:30:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decimalsHaveAtMostEighteenDigitsOnEitherSide() {
    for (String text : List.of("0", "-1", "12.50", "-0.000000000000000001", "999999999999999999")) {
      assertThat(Texts.decimal(text)).isEqualTo(new BigDecimal(text));
    }
    for (String text :
        List.of("", "-", ".", "1.", ".5", "+1", "1e3", "1.2.3", "--1", "1 ", "٢", "1,5", "0x1")) {
      assertThatThrownBy(() -> Texts.decimal(text)).as(text).hasMessageContaining("decimal");
    }
    for (String text : List.of("1234567890123456789", "0.1234567890123456789")) {
      assertThatThrownBy(() -> Texts.decimal(text)).as(text).hasMessageContaining("18 digits");
    }
  }

  @Test
  void codesMatchTheirPattern() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "aZ09._- /é";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(random.nextInt(20) == 0 ? 70 : 6);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Codes.matches(text.toString()))
          .as("seed %d: '%s'", seed, text)
          .isEqualTo(text.toString().matches(Codes.PATTERN));
    }
  }
}
