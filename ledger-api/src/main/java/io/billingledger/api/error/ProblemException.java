package io.billingledger.api.error;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A request that the HTTP interface itself refuses, before or instead of a decision. */
public final class ProblemException extends RuntimeException {
  private final transient HttpStatus status;
  private final String code;
  private final transient List<Problem.Field> errors;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  public ProblemException(
      HttpStatus status, String code, String detail, List<Problem.Field> errors) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public ProblemException(HttpStatus status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  /** A query parameter or path part that does not say what it should. */
  public static ProblemException parameter(String name, String detail) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "parameter.invalid",
        "The parameter %s %s.".formatted(name, detail),
        List.of(Problem.Field.parameter(name, detail)));
  }

  /** A field of the body that does not say what it should. */
  public static ProblemException body(String pointer, String detail) {
    return Problems.invalid(List.of(Problem.Field.body(pointer, detail)));
  }

  /** Several fields of the body, in the order in which a person should mend them. */
  public static ProblemException body(List<Problem.Field> errors) {
    return Problems.invalid(errors);
  }

  public ProblemException with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public ProblemException retryAfter(int seconds) {
    return with(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }

  public List<Problem.Field> errors() {
    return errors;
  }

  public Map<String, String> headers() {
    return headers;
  }

  Problem problem(String traceId) {
    return new Problem(
        "urn:problem:" + code,
        status.getReasonPhrase(),
        status.value(),
        getMessage(),
        code,
        errors,
        traceId);
  }
}
