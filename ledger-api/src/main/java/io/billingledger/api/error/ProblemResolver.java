package io.billingledger.api.error;

import io.billingledger.wiring.Conflicts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what Spring MVC or a controller refused. A fault or a conflict with another writer it
 * leaves alone, so that it reaches the unit of work around the request, which may try again, and
 * then {@link ProblemFilter}.
 */
public final class ProblemResolver implements HandlerExceptionResolver {

  @Override
  public ModelAndView resolveException(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception thrown) {
    Optional<ProblemException> problem = Problems.of(thrown);
    if (problem.isEmpty() || Conflicts.isConflict(thrown)) {
      return null;
    }
    try {
      ProblemWriter.write(request, response, problem.get());
      return new ModelAndView();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
