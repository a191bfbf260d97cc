package io.billingledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.json.Json;
import io.billingledger.wiring.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent to any operation of the document, the answer is never a failure of the server,
 * and a refusal is a problem document.
 */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.processors.attempts=2"})
@ContextConfiguration(initializers = TestDatabase.class)
class BadInputTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "x",
          "\u0000",
          "💥",
          "9".repeat(30),
          "-1",
          "2026-02-30",
          "2026-13",
          "0000-00-00",
          "' OR 1",
          "%",
          "../..",
          "x".repeat(3000),
          "null",
          "2026-01-01T00:00:00Z",
          "9999-12-31",
          "2026-01");
  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "\"" + "x".repeat(5000) + "\"",
          "-1",
          "0",
          "1e300",
          "\"\\u0000\"",
          "\"\\ud83d\"",
          "[]",
          "{}",
          "true",
          "\"" + "9".repeat(40) + "\"",
          "\"-5\"",
          "\"2026-02-30\"",
          "\"9999-12-31\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"1e5\"",
          "\"NaN\"",
          "[[[[[]]]]]",
          "{\"amount\": \"1\", \"currency\": \"IDR\"}",
          "{\"amount\": \"1.00\", \"currency\": \"XXX\"}",
          "{\"amount\": \"99999999999999999999.00\", \"currency\": \"IDR\"}",
          "{\"amount\": \"-1.00\", \"currency\": \"IDR\"}",
          "\"2147483648\"",
          "\"0.0000000000000000000001\"");
  private static final List<String> BODIES =
      List.of(
          "", "{", "[]", "null", "\"x\"", "{\"a\":".repeat(2000), "{\"a\":1,\"a\":2}", "[1e999]");
  private static final int VALUES_EACH = 4;
  private static final String ULID = "01J9ZQ3V6X8Y5W2K7M4N1P0R1A";

  @LocalServerPort private int port;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> wrong = new ArrayList<>();
  private ApiClient caller;
  private int sent;

  @BeforeEach
  void somebodyWhoMayEverything() {
    caller = ApiClient.owner(port);
  }

  @Test
  void noOperationFails() {
    JsonNode document = caller.get("/api/openapi.json").expect(200).json();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            tryOut(
                                operation.getKey().toUpperCase(),
                                path.getKey(),
                                operation.getValue())));
    assertThat(wrong).as("seed %d, %d requests", seed, sent).isEmpty();
    assertThat(sent).isGreaterThan(2000);
  }

  private void tryOut(String method, String path, JsonNode operation) {
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.get("name").asString();
      for (String text : TEXTS) {
        if (parameter.get("in").asString().equals("path")) {
          send(method, filled(path.replace("{" + name + "}", encoded(text))), bodyFor(method));
        } else if (parameter.get("in").asString().equals("query")) {
          send(method, filled(path) + "?" + name + "=" + encoded(text), bodyFor(method));
        }
      }
    }
    if (method.equals("GET")) {
      return;
    }
    BODIES.forEach(body -> send(method, filled(path), body));
    operation
        .at("/requestBody/content")
        .properties()
        .forEach(
            content ->
                content
                    .getValue()
                    .path("examples")
                    .forEach(example -> mutate(method, path, example.path("value"))));
  }

  /** The example with one of its values made wrong. */
  private void mutate(String method, String path, JsonNode example) {
    List<Runnable> changes = new ArrayList<>();
    JsonNode body = example.deepCopy();
    collect(body, body, changes, () -> send(method, filled(path), body.toString()));
    changes.forEach(Runnable::run);
  }

  private void collect(JsonNode body, JsonNode node, List<Runnable> changes, Runnable send) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode right = object.get(name);
        changes.add(
            () -> {
              for (int i = 0; i < VALUES_EACH; i++) {
                object.set(name, anyValue());
                send.run();
              }
              object.remove(name);
              send.run();
              object.set(name, right);
            });
        collect(body, right, changes, send);
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      JsonNode right = array.get(0);
      changes.add(
          () -> {
            array.set(0, anyValue());
            send.run();
            array.set(0, right);
          });
      collect(body, right, changes, send);
    }
  }

  private JsonNode anyValue() {
    return Json.mapper().readTree(VALUES.get(random.nextInt(VALUES.size())));
  }

  private void send(String method, String path, String body) {
    Answer answer = caller.send(method, path, body);
    sent++;
    boolean refused = answer.status() >= 400;
    if (answer.status() >= 500
        || refused && !answer.contentType().startsWith("application/problem+json")) {
      wrong.add(
          "%s %s %s: %d %s"
              .formatted(method, shortened(path), shortened(body), answer.status(), answer.raw()));
    }
  }

  private static String shortened(String text) {
    return text == null || text.length() < 300 ? text : text.substring(0, 300) + "…";
  }

  private static String bodyFor(String method) {
    return method.equals("GET") ? null : "{}";
  }

  /** Every parameter that is left in the path stands for something that does not exist. */
  private static String filled(String path) {
    return path.replaceAll("\\{(tenant|tenantId)}", "ten_" + ULID)
        .replaceAll("\\{[^}]*}", "inv_" + ULID);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
