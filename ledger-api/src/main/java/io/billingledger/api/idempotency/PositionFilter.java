package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import io.billingledger.wiring.Positions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a caller read its own writes: waits until the views have passed the position it names. */
public final class PositionFilter extends OncePerRequestFilter {
  private final Positions positions;
  private final Duration atMost;

  public PositionFilter(Positions positions, Duration atMost) {
    this.positions = positions;
    this.atMost = atMost;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(PositionToken.HEADER) == null || !Paths.waits(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long position = PositionToken.parse(request.getHeader(PositionToken.HEADER));
    if (!positions.await(position, atMost)) {
      throw new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE,
              "position.not-reached",
              "The views have not reached this position within %d ms.".formatted(atMost.toMillis()))
          .retryAfter(1);
    }
    chain.doFilter(request, response);
  }
}
