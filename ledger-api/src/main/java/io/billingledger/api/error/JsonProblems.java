package io.billingledger.api.error;

import io.billingledger.api.json.InvalidValue;
import io.billingledger.api.json.Json;
import io.billingledger.api.json.Shapes;
import io.billingledger.kernel.Rejected;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What was wrong with a body that could not be read. */
final class JsonProblems {
  private JsonProblems() {}

  static RuntimeException of(JacksonException refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof Rejected rejected) {
        return rejected;
      }
    }
    if (refused instanceof StreamConstraintsException) {
      return malformed("The body exceeds what this interface reads: nested too deep or too long.");
    }
    if (refused instanceof DatabindException && !refused.getPath().isEmpty()) {
      return field(Pointers.of(refused.getPath()), rule(refused));
    }
    if (refused instanceof MismatchedInputException || refused instanceof InvalidValue) {
      return field("", rule(refused));
    }
    if (refused instanceof InputCoercionException) {
      return malformed("The body has a number that is too large for its place: " + place(refused));
    }
    if (refused instanceof StreamReadException read && read.getOriginalMessage() != null) {
      if (read.getOriginalMessage().startsWith("Duplicate ")) {
        return malformed("The body has a field twice: " + place(read));
      }
    }
    return malformed("The body is not well-formed JSON in UTF-8: " + place(refused));
  }

  private static String place(JacksonException refused) {
    var location = refused.getLocation();
    return location == null || location.getLineNr() < 1
        ? "it cannot be read."
        : "see line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, "body.malformed", detail);
  }

  private static ProblemException field(String pointer, String rule) {
    return Problems.invalid(List.of(Problem.Field.body(pointer, rule)));
  }

  private static String rule(JacksonException refused) {
    return switch (refused) {
      case InvalidValue ours -> ours.getOriginalMessage();
      case UnrecognizedPropertyException unknown ->
          "is not a field here; known are "
              + unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", "));
      case InvalidNullException ignored -> "must not be null";
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          oneOf(format.getTargetType());
      case ValueInstantiationException made
          when made.getCause() instanceof IllegalArgumentException because
              && because.getMessage() != null ->
          because.getMessage();
      case MismatchedInputException mismatch
          when mismatch.getTargetType() != null && mismatch.getTargetType().isEnum() ->
          oneOf(mismatch.getTargetType());
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          "must be " + Shapes.of(mismatch.getTargetType());
      default -> "cannot be read as what is expected here";
    };
  }

  private static String oneOf(Class<?> type) {
    return "must be one of " + String.join(", ", Json.names(type));
  }
}
