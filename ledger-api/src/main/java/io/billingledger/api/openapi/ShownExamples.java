package io.billingledger.api.openapi;

import io.billingledger.api.json.Json;
import io.billingledger.api.openapi.Examples.Example;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import tools.jackson.databind.JsonNode;

/** Puts the tested examples into the document. */
public final class ShownExamples implements GlobalOpenApiCustomizer {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z_0-9]+)}}");
  private static final String SUCCESS = "success";
  private static final String ULID = "01J9ZQ3V6X8Y5W2K7M4N1P0R3T";
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          Map.entry("tenant", "ten_" + ULID),
          Map.entry("subscription", "sub_" + ULID),
          Map.entry("invoice", "inv_" + ULID),
          Map.entry("proof", "prf_" + ULID),
          Map.entry("payment", "pay_" + ULID),
          Map.entry("change", "chg_" + ULID),
          Map.entry("usage", "usg_" + ULID),
          Map.entry("run", "run_" + ULID),
          Map.entry("key", "key_" + ULID),
          Map.entry("start", "2026-01-01T17:00:00Z"),
          Map.entry("unique", "8k2f"));

  @Override
  public void customise(OpenAPI document) {
    document
        .getPaths()
        .values()
        .forEach(path -> path.readOperations().forEach(ShownExamples::show));
  }

  private static void show(Operation operation) {
    Optional<Examples> examples = Examples.of(operation.getOperationId());
    examples.ifPresent(
        found -> {
          show(operation, "success", found.success(), "application/json");
          show(operation, "refusal", found.refusal(), "application/problem+json");
        });
  }

  private static void show(Operation operation, String name, Example example, String type) {
    if (example == null) {
      return;
    }
    if (example.body() != null && operation.getRequestBody() != null) {
      operation
          .getRequestBody()
          .getContent()
          .values()
          .forEach(content -> content.addExamples(name, shown(example.body())));
    }
    String status = Integer.toString(example.status());
    ApiResponses responses = operation.getResponses();
    if (name.equals(SUCCESS) && !responses.containsKey(status) && responses.containsKey("200")) {
      // A ResponseEntity does not say its status, so it stands there as 200.
      responses.put(status, responses.remove("200"));
    }
    ApiResponse response =
        responses.computeIfAbsent(status, _ -> new ApiResponse().description(name));
    if (example.answer() != null) {
      if (response.getContent() == null) {
        response.setContent(new Content());
      }
      response
          .getContent()
          .computeIfAbsent(type, _ -> new MediaType())
          .addExamples(name, shown(example.answer()));
    }
  }

  private static io.swagger.v3.oas.models.examples.Example shown(JsonNode json) {
    String text =
        PLACEHOLDER
            .matcher(json.toString())
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(SAMPLES.getOrDefault(found.group(1), found.group(1))));
    return new io.swagger.v3.oas.models.examples.Example()
        .value(Json.mapper().readValue(text, Object.class));
  }
}
