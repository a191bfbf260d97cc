package io.billingledger.api.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which requests take a key, and which wait for a position. */
public final class Paths {
  /** JSON line by line. */
  public static final String STREAM = "application/x-ndjson";

  private static final PathPattern API = pattern("/api/**");
  private static final PathPattern RUNS = pattern("/api/platform/runs/**");
  private static final PathPattern CONSUMPTIONS = pattern("/api/quota/consumptions");

  private static final PathPattern USAGE = pattern("/api/usage");
  private static final PathPattern USAGE_COST = pattern("/api/usage/record");
  private static final PathPattern USAGE_BATCH = pattern("/api/usage/batch");

  /** What is posted to these changes nothing. */
  private static final List<PathPattern> QUESTIONS =
      List.of(
          pattern("/**/quote"),
          pattern("/**/monthly-billing"),
          pattern("/api/rating/**"),
          pattern("/**/what-if"),
          pattern("/**/document-links"));

  /** What is posted to these is decided and answered from what is in memory, once it is there. */
  private static final List<PathPattern> IN_MEMORY =
      List.of(
          pattern("/api/platform/subscriptions/tenants/{tenant}/suspend"),
          pattern("/api/platform/subscriptions/tenants/{tenant}/activate"),
          pattern("/api/platform/tenants/{tenant}/invoice-grouping"));

  /** What is posted to these is computed from the body alone. */
  private static final List<PathPattern> CALCULATIONS = List.of(pattern("/api/pricing/quotes"));

  /**
   * A webhook has its provider's key, an invitation is one; a preview tries changes and takes them
   * back; the clock itself moves only between units of work.
   */
  private static final List<PathPattern> WITHOUT_KEY =
      List.of(
          pattern("/api/payments/{provider}/webhook"),
          pattern("/api/invitations/redeem"),
          pattern("/api/invoices/preview"),
          pattern("/api/test-clock/**"));

  private Paths() {}

  /** Also what the interface's document says of an operation. */
  public static boolean takesKey(String method, String path) {
    return takesKey(method, PathContainer.parsePath(path));
  }

  private static boolean takesKey(String method, PathContainer parsed) {
    return (method.equals("POST")
            || method.equals("DELETE")
            || method.equals("PUT")
            || method.equals("PATCH"))
        && API.matches(parsed)
        && QUESTIONS.stream().noneMatch(pattern -> pattern.matches(parsed))
        && CALCULATIONS.stream().noneMatch(pattern -> pattern.matches(parsed))
        && WITHOUT_KEY.stream().noneMatch(pattern -> pattern.matches(parsed));
  }

  static boolean onlyReads(HttpServletRequest request) {
    PathContainer parsed = path(request);
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> API.matches(parsed);
      case "POST" -> QUESTIONS.stream().anyMatch(pattern -> pattern.matches(parsed));
      default -> false;
    };
  }

  /** No key, no transaction, nothing but the body. */
  static boolean onlyCalculates(HttpServletRequest request) {
    PathContainer parsed = path(request);
    return request.getMethod().equals("POST")
        && CALCULATIONS.stream().anyMatch(pattern -> pattern.matches(parsed));
  }

  public static boolean waits(String method, String path) {
    return waits(method, PathContainer.parsePath(path));
  }

  private static boolean waits(String method, PathContainer parsed) {
    return switch (method) {
      case "GET", "HEAD" -> API.matches(parsed);
      case "POST" ->
          CONSUMPTIONS.matches(parsed)
              || USAGE.matches(parsed)
              || USAGE_COST.matches(parsed)
              || USAGE_BATCH.matches(parsed);
      default -> false;
    };
  }

  static boolean takesKey(HttpServletRequest request) {
    return takesKey(request.getMethod(), path(request));
  }

  static boolean waits(HttpServletRequest request) {
    return waits(request.getMethod(), path(request));
  }

  /**
   * Whether the body may say {@code "dry_run": true}, and then nothing happens and no key is due.
   */
  static boolean mayBeDry(HttpServletRequest request) {
    return RUNS.matches(path(request));
  }

  /** Whether it can be tried without the database. */
  static boolean usesNoDatabase(HttpServletRequest request) {
    PathContainer parsed = path(request);
    return request.getMethod().equals("POST")
        && IN_MEMORY.stream().anyMatch(pattern -> pattern.matches(parsed));
  }

  /** Whether the body may be as large as a batch. */
  static boolean takesBatch(HttpServletRequest request) {
    return request.getMethod().equals("POST") && USAGE_BATCH.matches(path(request));
  }

  /** Whether the body is of any length, and the controller reads it and minds its key itself. */
  static boolean streams(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(STREAM) && takesBatch(request);
  }

  private static PathContainer path(HttpServletRequest request) {
    return (ServletRequestPathUtils.hasParsedRequestPath(request)
            ? ServletRequestPathUtils.getParsedRequestPath(request)
            : ServletRequestPathUtils.parse(request))
        .pathWithinApplication();
  }

  private static PathPattern pattern(String text) {
    return PathPatternParser.defaultInstance.parse(text);
  }
}
