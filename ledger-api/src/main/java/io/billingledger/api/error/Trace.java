package io.billingledger.api.error;

import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id under which a request is found in the logs: the caller's W3C trace id, or a new one. */
public final class Trace {
  /** Its name in the logging context. */
  public static final String KEY = "trace_id";

  private static final String ATTRIBUTE = Trace.class.getName();
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private Trace() {}

  static String begin(HttpServletRequest request, SecureRandom random) {
    String parent = request.getHeader("traceparent");
    Matcher matcher = TRACEPARENT.matcher(parent == null ? "" : parent);
    String id = matcher.matches() ? matcher.group(1) : next(random);
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  static String next(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "";
  }
}
