package io.billingledger.api.error;

import io.billingledger.api.json.Json;
import io.billingledger.kernel.Id;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.wiring.Conflicts;
import jakarta.servlet.ServletException;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** Which problem an exception is. */
public final class Problems {
  private Problems() {}

  /** Empty for a fault: ours, and no business of the caller's. */
  public static Optional<ProblemException> of(Throwable thrown) {
    if (Conflicts.isConflict(thrown)) {
      return Optional.of(conflict());
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      ProblemException known = known(cause);
      if (known != null) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  public static ProblemException of(Rejection rejection) {
    HttpStatus status =
        switch (rejection.kind()) {
          case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
          case FORBIDDEN -> HttpStatus.FORBIDDEN;
          case NOT_FOUND -> HttpStatus.NOT_FOUND;
          case CONFLICT -> HttpStatus.CONFLICT;
          case STALE -> HttpStatus.PRECONDITION_FAILED;
        };
    return new ProblemException(status, rejection.code(), rejection.detail());
  }

  /** What is left to say when nothing is known about a failure. */
  static ProblemException ofStatus(HttpStatusCode code) {
    HttpStatus status = HttpStatus.resolve(code.value());
    if (status == null) {
      status = code.is4xxClientError() ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return switch (status) {
      case NOT_FOUND -> new ProblemException(status, "path.unknown", "There is nothing here.");
      case UNAUTHORIZED -> new ProblemException(status, "authentication.required", "Who is there?");
      case CONTENT_TOO_LARGE -> tooLarge();
      default ->
          status.is5xxServerError()
              ? new ProblemException(
                  status,
                  "internal",
                  "Something went wrong here; the log knows more under the trace id.")
              : new ProblemException(
                  status,
                  "request." + status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  "The request was refused: %s.".formatted(status.getReasonPhrase()));
    };
  }

  static ProblemException invalid(List<Problem.Field> errors) {
    String first =
        errors.isEmpty()
            ? ""
            : ": %s %s"
                .formatted(
                    errors.getFirst().pointer() != null
                        ? errors.getFirst().pointer()
                        : errors.getFirst().parameter(),
                    errors.getFirst().detail());
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "request.invalid",
        "The request has values that cannot be accepted%s.".formatted(first),
        errors);
  }

  private static ProblemException known(Throwable thrown) {
    return switch (thrown) {
      case ProblemException problem -> problem;
      case Rejected rejected -> of(rejected.rejection());
      case JacksonException json -> known(JsonProblems.of(json));
      case HttpMessageNotReadableException unread ->
          unread.getCause() == null
              ? new ProblemException(
                  HttpStatus.BAD_REQUEST, "body.missing", "A JSON body is expected.")
              : null;
      case MethodArgumentNotValidException invalid -> invalid(fields(invalid.getBindingResult()));
      case BindException invalid -> invalid(fields(invalid.getBindingResult()));
      case HandlerMethodValidationException invalid -> invalid(fields(invalid));
      case ConstraintViolationException invalid ->
          invalid(
              invalid.getConstraintViolations().stream()
                  .map(
                      one ->
                          Problem.Field.body(
                              Pointers.ofProperty(one.getPropertyPath().toString()),
                              one.getMessage()))
                  .toList());
      case MissingServletRequestParameterException missing ->
          ProblemException.parameter(missing.getParameterName(), "is missing");
      case MissingServletRequestPartException missing ->
          ProblemException.parameter(missing.getRequestPartName(), "is missing");
      case MissingRequestHeaderException missing ->
          new ProblemException(
              HttpStatus.BAD_REQUEST,
              "header.missing",
              "The header %s is missing.".formatted(missing.getHeaderName()));
      case MissingPathVariableException ignored -> null;
      case ServletRequestBindingException binding ->
          new ProblemException(HttpStatus.BAD_REQUEST, "request.invalid", binding.getMessage());
      case InvalidParameterException ignored ->
          new ProblemException(
              HttpStatus.BAD_REQUEST,
              "parameter.invalid",
              "A query parameter is not percent-encoded UTF-8.");
      case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
      case HttpRequestMethodNotSupportedException wrong ->
          new ProblemException(
                  HttpStatus.METHOD_NOT_ALLOWED,
                  "method.not-allowed",
                  "%s is not possible here.".formatted(wrong.getMethod()))
              .with(HttpHeaders.ALLOW, allowed(wrong));
      case HttpMediaTypeNotSupportedException wrong ->
          new ProblemException(
                  HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                  "media-type.unsupported",
                  "The body must be sent as %s."
                      .formatted(
                          wrong.getSupportedMediaTypes().isEmpty()
                              ? MediaType.APPLICATION_JSON
                              : types(wrong)))
              .with(HttpHeaders.ACCEPT, types(wrong));
      case HttpMediaTypeException wrong ->
          new ProblemException(
              HttpStatus.NOT_ACCEPTABLE,
              "media-type.not-acceptable",
              "The answer can only be %s."
                  .formatted(
                      wrong.getSupportedMediaTypes().isEmpty()
                          ? MediaType.APPLICATION_JSON
                          : types(wrong)));
      case InvalidMediaTypeException ignored ->
          new ProblemException(
              HttpStatus.BAD_REQUEST, "media-type.malformed", "A media type cannot be read.");
      case NoHandlerFoundException ignored -> ofStatus(HttpStatus.NOT_FOUND);
      case NoResourceFoundException ignored -> ofStatus(HttpStatus.NOT_FOUND);
      case MaxUploadSizeExceededException ignored -> tooLarge();
      case MultipartException malformed ->
          tooLarge(malformed)
              ? tooLarge()
              : new ProblemException(
                  HttpStatus.BAD_REQUEST,
                  "multipart.malformed",
                  "The multipart form cannot be read.");
      case AuthenticationServiceException ignored -> unavailable();
      case AuthenticationException refused ->
          new ProblemException(
              HttpStatus.UNAUTHORIZED, "authentication.required", refused.getMessage());
      case AccessDeniedException ignored ->
          new ProblemException(
              HttpStatus.FORBIDDEN, "role.missing", "The caller's roles do not allow this.");
      case CannotCreateTransactionException ignored -> unavailable();
      case DataAccessResourceFailureException ignored -> unavailable();
      case DataIntegrityViolationException data when unstorable(data) -> cannotKeep();
      case DataAccessException data when unstorable(data) -> cannotKeep();
      case ErrorResponse response -> ofStatus(response.getStatusCode());
      default -> null;
    };
  }

  private static ProblemException cannotKeep() {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "request.unstorable",
        "The request has a value that cannot be kept.");
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        HttpStatus.CONTENT_TOO_LARGE,
        "body.too-large",
        "The body is larger than is accepted here.");
  }

  private static boolean tooLarge(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getSimpleName().contains("SizeException")
          || cause.getClass().getSimpleName().contains("SizeLimitExceeded")) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException conflict() {
    return new ProblemException(
            HttpStatus.CONFLICT,
            "request.conflict",
            "Others changed the same thing at the same moment, several times; try again.")
        .retryAfter(1);
  }

  private static ProblemException unavailable() {
    return new ProblemException(
            HttpStatus.SERVICE_UNAVAILABLE, "ledger.unavailable", "The ledger cannot answer now.")
        .retryAfter(5);
  }

  /** SQL states of class 22: the value has no place in a column of its type. */
  private static boolean unstorable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith("22")) {
        return true;
      }
    }
    return false;
  }

  /** A malformed id in the path names nothing; a malformed filter is a mistake in the request. */
  private static ProblemException mismatch(MethodArgumentTypeMismatchException mismatch) {
    if (!mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return ProblemException.parameter(mismatch.getName(), rule(mismatch));
    }
    Class<?> type = mismatch.getRequiredType();
    if (type == null || !Id.class.isAssignableFrom(type)) {
      return ofStatus(HttpStatus.NOT_FOUND);
    }
    String thing = Pointers.snakeCase(type.getSimpleName().replaceFirst("Id$", ""));
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        thing.replace('_', '-') + ".unknown",
        "There is no %s with this id.".formatted(thing.replace('_', ' ')));
  }

  private static String rule(TypeMismatchException mismatch) {
    Class<?> type = mismatch.getRequiredType();
    if (type != null && type.isEnum()) {
      return "must be one of " + String.join(", ", Json.names(type));
    }
    Throwable root = mismatch;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof NumberFormatException) {
      return "must be a whole number";
    }
    return root instanceof IllegalArgumentException && root.getMessage() != null
        ? root.getMessage()
        : "cannot be read as what is expected here";
  }

  private static List<Problem.Field> fields(Errors result) {
    return result.getAllErrors().stream()
        .map(
            error ->
                Problem.Field.body(
                    error instanceof FieldError field ? Pointers.ofProperty(field.getField()) : "",
                    error.getDefaultMessage()))
        .toList();
  }

  private static List<Problem.Field> fields(MethodValidationResult result) {
    List<Problem.Field> errors = new ArrayList<>();
    for (var parameter : result.getParameterValidationResults()) {
      if (parameter instanceof ParameterErrors body) {
        errors.addAll(fields(body));
      } else {
        String name = Pointers.snakeCase(parameter.getMethodParameter().getParameterName());
        parameter
            .getResolvableErrors()
            .forEach(error -> errors.add(Problem.Field.parameter(name, error.getDefaultMessage())));
      }
    }
    return errors;
  }

  private static String allowed(HttpRequestMethodNotSupportedException wrong) {
    return wrong.getSupportedHttpMethods() == null
        ? ""
        : wrong.getSupportedHttpMethods().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String types(HttpMediaTypeException wrong) {
    return MediaType.toString(wrong.getSupportedMediaTypes());
  }

  /** The exception that a servlet or filter wrapped. */
  static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof ServletException wrapped && wrapped.getCause() != null
        ? unwrapped(wrapped.getCause())
        : thrown;
  }
}
