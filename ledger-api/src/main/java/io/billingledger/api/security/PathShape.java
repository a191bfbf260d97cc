package io.billingledger.api.security;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.web.util.pattern.PathPattern;

/**
 * What of a pattern can be seen without matching it: how many segments a path must have, and which
 * of them must be what. Of hundreds of patterns it leaves the one or two that are worth matching.
 */
public final class PathShape {
  private static final String ANY = "";

  /** Each as it must be, or {@link #ANY}; null where a path may be of any length. */
  private final List<String> segments;

  private PathShape(List<String> segments) {
    this.segments = segments;
  }

  public static PathShape of(PathPattern pattern) {
    String text = pattern.getPatternString();
    return new PathShape(
        text.contains("**") || text.contains("{*") || text.endsWith("/")
            ? null
            : Arrays.stream(text.substring(1).split("/")).map(PathShape::literal).toList());
  }

  private static String literal(String segment) {
    return segment.matches("[\\w.-]+") ? segment : ANY;
  }

  /** The segments of a path as patterns see them. */
  public static List<String> segments(PathContainer path) {
    return path.elements().stream()
        .filter(PathSegment.class::isInstance)
        .map(element -> ((PathSegment) element).valueToMatch())
        .toList();
  }

  /** Whether the pattern may match a path of these segments; false is certain. */
  public boolean mayMatch(List<String> path) {
    if (segments == null) {
      return true;
    }
    if (segments.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!segment.isEmpty() && !segment.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
