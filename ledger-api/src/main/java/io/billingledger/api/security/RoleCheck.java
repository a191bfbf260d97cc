package io.billingledger.api.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Holds requests against the {@link RoleTable}: first by path, in the filter chain; then, once it
 * is known which controller answers, by that controller's own pattern, so that nothing slips in
 * between two ways of reading a path. A path without a row may pass the first time, because it is
 * Spring MVC that knows whether it is 404 or 405.
 */
public final class RoleCheck
    implements AuthorizationManager<RequestAuthorizationContext>, HandlerInterceptor {
  /** By method and the controller's pattern, of which there are as many as controllers have. */
  private final Map<String, List<RoleTable.Row>> rows = new ConcurrentHashMap<>();

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    Optional<RoleTable.Row> row =
        RoleTable.row(
            request.getMethod(), ServletRequestPathUtils.parse(request).pathWithinApplication());
    if (row.filter(RoleTable.Row::open).isPresent()) {
      return new AuthorizationDecision(true);
    }
    return new AuthorizationDecision(
        Callers.of(authentication.get())
            .map(caller -> row.isEmpty() || allows(row.get(), caller))
            .orElse(false));
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod) {
      String pattern =
          String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
      String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
      boolean allowed =
          rows.computeIfAbsent(method + ' ' + pattern, _ -> rows(method, pattern)).stream()
              .anyMatch(
                  row ->
                      row.open()
                          || Callers.current().map(caller -> allows(row, caller)).orElse(false));
      if (!allowed) {
        throw new AccessDeniedException("no row of the role table allows this");
      }
    }
    return true;
  }

  private static List<RoleTable.Row> rows(String method, String pattern) {
    return RoleTable.rows().stream()
        .filter(row -> row.method().equals(method) && same(row.path(), pattern))
        .toList();
  }

  private static boolean allows(RoleTable.Row row, Caller caller) {
    return caller.roles().stream().anyMatch(row.roles()::contains);
  }

  /** Whether two patterns differ at most in how they name their variables. */
  static boolean same(PathPattern row, String pattern) {
    return shape(row.getPatternString()).equals(shape(pattern));
  }

  private static String shape(String pattern) {
    return pattern.replaceAll("\\{[^/]*}", "{}");
  }
}
