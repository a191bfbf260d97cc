package io.billingledger.api.error;

import io.billingledger.api.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Refuses a body where none is expected, as unknown fields are refused where one is: whoever says
 * more than an endpoint reads must not believe that it was heard. Nothing and {@code {}} pass.
 */
public final class UnwantedBodies implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (request.getMethod().equals("GET")
        || !(handler instanceof HandlerMethod method)
        || readsItself(method)) {
      return true;
    }
    String type = request.getContentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw unexpected(List.of());
    }
    byte[] body = request.getInputStream().readAllBytes();
    if (body.length > 0) {
      check(body);
    }
    return true;
  }

  private static boolean readsItself(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .map(MethodParameter.class::cast)
        .anyMatch(
            parameter ->
                parameter.hasParameterAnnotation(RequestBody.class)
                    || parameter.getParameterType() == HttpServletRequest.class);
  }

  private static void check(byte[] body) {
    JsonNode json;
    try {
      json = Json.mapper().readTree(body);
    } catch (JacksonException noJson) {
      throw unexpected(List.of());
    }
    if (!json.isObject()) {
      throw unexpected(List.of());
    }
    if (!json.isEmpty()) {
      throw unexpected(
          json.propertyNames().stream()
              .map(
                  name ->
                      Problem.Field.body(
                          "/" + name.replace("~", "~0").replace("/", "~1"),
                          "is not a field here, and neither is any other"))
              .toList());
    }
  }

  private static ProblemException unexpected(List<Problem.Field> errors) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, "body.unexpected", "No body is expected here.", errors);
  }
}
