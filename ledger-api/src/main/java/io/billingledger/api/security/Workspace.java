package io.billingledger.api.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two sides of the interface. */
public enum Workspace {
  PLATFORM,
  TENANT;

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
