package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/** A position of the event store as callers see it: a text that means nothing to them. */
public final class PositionToken {
  public static final String HEADER = "Ledger-Position";

  private static final Pattern PLAIN = Pattern.compile("1:(\\d{1,18})");

  private PositionToken() {}

  public static String of(long position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1:" + position).getBytes(StandardCharsets.US_ASCII));
  }

  static long parse(String token) {
    try {
      Matcher plain =
          PLAIN.matcher(
              new String(Base64.getUrlDecoder().decode(token.strip()), StandardCharsets.US_ASCII));
      if (plain.matches()) {
        return Long.parseLong(plain.group(1));
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below
    }
    throw new ProblemException(
        HttpStatus.BAD_REQUEST,
        "position.malformed",
        "Ledger-Position must be what an earlier answer carried under this name.");
  }
}
