package io.billingledger.api.error;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** The outermost filter: names the request for the logs, and answers whatever nobody else did. */
public final class ProblemFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);

  private final SecureRandom random;

  public ProblemFilter(SecureRandom random) {
    this.random = random;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    MDC.put(Trace.KEY, Trace.begin(request, random));
    try {
      chain.doFilter(request, response);
    } catch (Exception | StackOverflowError thrown) {
      answer(request, response, Problems.unwrapped(thrown));
    } finally {
      MDC.remove(Trace.KEY);
    }
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, Throwable thrown)
      throws IOException {
    if (response.isCommitted() || isGone(thrown)) {
      LOG.debug("nobody hears the answer any more", thrown);
      return;
    }
    ProblemException problem =
        Problems.of(thrown)
            .orElseGet(
                () -> {
                  LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
                  return Problems.ofStatus(HttpStatus.INTERNAL_SERVER_ERROR);
                });
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
      LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), thrown.toString());
    }
    response.reset();
    ProblemWriter.write(request, response, problem);
  }

  /** Tomcat's and Spring's signs that the caller hung up. */
  private static boolean isGone(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return name.equals("ClientAbortException") || name.equals("AsyncRequestNotUsableException");
  }
}
