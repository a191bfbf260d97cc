package io.billingledger.api.error;

import io.billingledger.api.json.Texts;
import io.billingledger.api.paging.Paging;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses query parameters that the endpoint does not declare, or that say nothing usable. */
public final class QueryParameters implements HandlerInterceptor {
  private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() == null || !(handler instanceof HandlerMethod method)) {
      return true;
    }
    Set<String> known = declared.computeIfAbsent(method.getMethod(), _ -> declared(method));
    Map<String, List<String>> asked =
        UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams();
    asked.forEach(
        (encoded, values) -> {
          String name = request.getParameterMap().containsKey(encoded) ? encoded : decoded(encoded);
          if (!known.contains(name)) {
            throw ProblemException.parameter(
                name,
                known.isEmpty()
                    ? "is not known here, and neither is any other"
                    : "is not known here; known are " + String.join(", ", known));
          }
          if (values.size() > 1) {
            throw ProblemException.parameter(name, "must be given once");
          }
          check(name, request.getParameter(name));
        });
    return true;
  }

  private static void check(String name, String value) {
    try {
      Texts.storable(value == null ? "" : value);
    } catch (IllegalArgumentException refused) {
      throw ProblemException.parameter(name, refused.getMessage());
    }
  }

  private static String decoded(String encoded) {
    try {
      return Texts.storable(org.springframework.web.util.UriUtils.decode(encoded, "UTF-8"));
    } catch (IllegalArgumentException refused) {
      return "?";
    }
  }

  private static Set<String> declared(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      if (parameter.getParameterType() == Paging.class) {
        names.add("limit");
        names.add("cursor");
      }
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null
          && !MultipartFile.class.isAssignableFrom(parameter.getParameterType())) {
        names.add(
            StringUtils.hasText(annotation.name())
                ? annotation.name()
                : parameter.getParameter().getName());
      }
    }
    return names;
  }
}
