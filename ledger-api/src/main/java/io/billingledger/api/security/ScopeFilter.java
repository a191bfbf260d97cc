package io.billingledger.api.security;

import io.billingledger.kernel.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the request see its caller's rows: one tenant's, or all for the platform's people. */
public final class ScopeFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = Callers.current();
    if (caller.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    Supplier<Void> rest =
        () -> {
          try {
            chain.doFilter(request, response);
            return null;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (ServletException e) {
            throw new Wrapped(e);
          }
        };
    try {
      if (caller.get().tenant().isPresent()) {
        Scope.tenant(caller.get().tenantId(), rest);
      } else {
        Scope.allTenants(rest);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Wrapped e) {
      throw e.exception;
    }
  }

  private static final class Wrapped extends RuntimeException {
    private final transient ServletException exception;

    Wrapped(ServletException exception) {
      super(exception);
      this.exception = exception;
    }
  }
}
