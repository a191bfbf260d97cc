package io.billingledger.api.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Why a request had no effect (RFC 9457).
 *
 * @param type a name for the kind of problem; always {@code urn:problem:} and the code
 * @param title the status in words
 * @param detail one sentence for a person
 * @param code stable, for programs
 * @param errors the fields that are wrong
 * @param traceId finds the request in the logs
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    List<Field> errors,
    String traceId) {

  /**
   * One wrong value.
   *
   * @param pointer a JSON pointer into the body (RFC 6901)
   * @param parameter the name of a query parameter or of a form's part instead
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Field(String pointer, String parameter, String detail) {
    public static Field body(String pointer, String detail) {
      return new Field(pointer, null, detail);
    }

    public static Field parameter(String name, String detail) {
      return new Field(null, name, detail);
    }
  }
}
