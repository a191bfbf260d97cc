package io.billingledger.api.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.billingledger.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The examples of an operation, as their file has them.
 *
 * @param after what is done when the success has been played, for what all examples share
 */
public record Examples(List<Step> setup, Example success, Example refusal, List<Step> after) {
  public Examples {
    setup = setup == null ? List.of() : setup;
    after = after == null ? List.of() : after;
  }

  /** One request and what comes back. */
  public record Example(
      List<Step> setup,
      String as,
      String tenant,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      JsonNode body,
      Map<String, JsonNode> form,
      int status,
      JsonNode answer) {
    public Example {
      setup = setup == null ? List.of() : setup;
      path = path == null ? Map.of() : path;
      query = query == null ? Map.of() : query;
      headers = headers == null ? Map.of() : headers;
    }
  }

  /** Something that must have happened before: a call, or the steps of a named setup. */
  public record Step(
      String use,
      String call,
      String as,
      String tenant,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      JsonNode body,
      Map<String, JsonNode> form,
      @JsonProperty("save") Map<String, String> saved) {
    public Step {
      saved = saved == null ? Map.of() : saved;
    }

    public Example asExample() {
      return new Example(List.of(), as, tenant, path, query, headers, body, form, 0, null);
    }
  }

  public static Optional<Examples> of(String operationId) {
    return read("examples/" + operationId, Examples.class);
  }

  public static List<Step> setup(String name) {
    return read("setups/" + name, Step[].class)
        .map(List::of)
        .orElseThrow(() -> new IllegalStateException("there is no openapi/setups/" + name));
  }

  private static <T> Optional<T> read(String name, Class<T> type) {
    String resource = "/openapi/" + name + ".json";
    try (InputStream file = Examples.class.getResourceAsStream(resource)) {
      return file == null ? Optional.empty() : Optional.of(Json.mapper().readValue(file, type));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
