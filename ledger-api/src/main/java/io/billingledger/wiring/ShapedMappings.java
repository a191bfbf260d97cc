package io.billingledger.wiring;

import io.billingledger.api.security.PathShape;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Spring's mapping of requests to controllers, which matches a path with variables against every
 * pattern that there is. Here only those of its shape are tried; where not exactly one of them
 * matches, Spring decides.
 */
final class ShapedMappings extends RequestMappingHandlerMapping {
  private volatile List<Candidate> candidates;

  private record Candidate(RequestMappingInfo mapping, PathShape shape, HandlerMethod handler) {}

  @Override
  protected HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    List<String> segments =
        PathShape.segments(
            ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication());
    RequestMappingInfo match = null;
    HandlerMethod handler = null;
    for (Candidate candidate : candidates()) {
      if (candidate.shape().mayMatch(segments)) {
        RequestMappingInfo found = getMatchingMapping(candidate.mapping(), request);
        if (found != null && match != null) {
          return super.lookupHandlerMethod(path, request);
        }
        if (found != null) {
          match = found;
          handler = candidate.handler();
        }
      }
    }
    if (match == null) {
      return super.lookupHandlerMethod(path, request);
    }
    request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
    handleMatch(match, path, request);
    return handler;
  }

  /** Made when the first request comes, when all controllers are known. */
  private List<Candidate> candidates() {
    List<Candidate> known = candidates;
    if (known == null) {
      List<Candidate> all = new ArrayList<>();
      getHandlerMethods()
          .forEach(
              (mapping, handler) ->
                  mapping
                      .getPathPatternsCondition()
                      .getPatterns()
                      .forEach(
                          pattern ->
                              all.add(new Candidate(mapping, PathShape.of(pattern), handler))));
      known = List.copyOf(all);
      candidates = known;
    }
    return known;
  }
}
