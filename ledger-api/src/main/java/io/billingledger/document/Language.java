package io.billingledger.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What documents are written in. */
public enum Language {
  ID,
  EN;

  /** ISO 639-1. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Language parse(String code) {
    for (Language language : values()) {
      if (language.code().equals(code)) {
        return language;
      }
    }
    throw new IllegalArgumentException("must be id or en");
  }

  /** As notices do: Indonesian in Indonesia, English elsewhere. */
  public static Language in(String country) {
    return "ID".equals(country) ? ID : EN;
  }
}
