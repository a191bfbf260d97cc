package io.billingledger.api.openapi;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.json.Json;
import io.billingledger.api.openapi.Examples.Example;
import io.billingledger.api.openapi.Examples.Step;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Plays one example, with what must happen before it, against a running server. */
final class ExampleRunner {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z_0-9]+)}}");
  private static final String BOUNDARY = "a-boundary-between-parts";
  private static final List<String> OF_TENANTS = List.of("owner", "member", "service");

  /** Where an operation lives. */
  record Place(String method, String path) {}

  private final int port;
  private final Map<String, Place> places;
  private final Map<String, String> saved = new HashMap<>();
  private final Map<String, ApiClient> callers = new HashMap<>();
  private final UnaryOperator<String> invitations;
  private Answer last;
  private boolean moved;

  /**
   * @param invitations the token that a tenant's owner got by mail
   */
  ExampleRunner(
      int port, Map<String, Place> places, String unique, UnaryOperator<String> invitations) {
    this.port = port;
    this.invitations = invitations;
    this.places = places;
    saved.put("unique", unique);
  }

  /** What must have happened before. */
  ExampleRunner prepare(List<Step> setup) {
    setup.forEach(this::prepare);
    return this;
  }

  void play(String operation, Example example) {
    example.setup().forEach(this::prepare);
    Answer answer = call(operation, example);
    if (answer.status() != example.status()) {
      throw new AssertionError(
          "%s answered %d, not %d: %s"
              .formatted(operation, answer.status(), example.status(), answer.raw()));
    }
    if (example.answer() != null) {
      contains("", fill(example.answer()), answer.json(), answer.raw());
    }
  }

  private void prepare(Step step) {
    if (step.use() != null) {
      Examples.setup(step.use()).forEach(this::prepare);
      return;
    }
    Answer answer = call(step.call(), step.asExample());
    if (answer.status() >= 300) {
      throw new AssertionError(
          "the setup %s answered %d: %s".formatted(step.call(), answer.status(), answer.raw()));
    }
    step.saved()
        .forEach(
            (name, pointer) -> {
              if (answer.text(pointer).isEmpty()) {
                throw new AssertionError(
                    "the setup %s has nothing at %s: %s"
                        .formatted(step.call(), pointer, answer.raw()));
              }
              saved.put(name, answer.text(pointer));
            });
  }

  /** Whether time has passed, and with it what others had prepared. */
  boolean movedTheClock() {
    return moved;
  }

  private Answer call(String operation, Example example) {
    moved |=
        operation.equals("advanceTestClock")
            && !"PT0S".equals(example.body().path("by").asString());
    Place place = places.get(operation);
    if (place == null) {
      throw new AssertionError("there is no operation " + operation);
    }
    ApiClient caller = caller(example);
    for (Map.Entry<String, String> header : example.headers().entrySet()) {
      caller = caller.with(header.getKey(), fill(header.getValue()));
    }
    if (last != null) {
      caller = caller.after(last);
    }
    String path = place.path();
    for (Map.Entry<String, String> variable : example.path().entrySet()) {
      path = path.replace("{" + variable.getKey() + "}", fill(variable.getValue()));
    }
    if (!example.query().isEmpty()) {
      path +=
          example.query().entrySet().stream()
              .map(
                  one ->
                      one.getKey()
                          + "="
                          + URLEncoder.encode(fill(one.getValue()), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&", "?", ""));
    }
    Answer answer =
        example.form() == null
            ? caller.send(
                place.method(),
                path,
                example.body() == null ? null : fill(example.body()).toString())
            : caller.send(
                place.method(),
                path,
                "multipart/form-data; boundary=" + BOUNDARY,
                form(example.form()));
    if (answer.header("Ledger-Position").isPresent()) {
      last = answer;
    }
    return answer;
  }

  private ApiClient caller(Example example) {
    String role = example.as();
    if (role.equals("nobody")) {
      return ApiClient.anonymous(port);
    }
    String tenant =
        OF_TENANTS.contains(role)
            ? fill(example.tenant() == null ? "{{tenant}}" : example.tenant())
            : null;
    return callers.computeIfAbsent(
        role + " of " + tenant,
        _ -> ApiClient.owner(port).asNew(role + "-" + saved.get("unique"), role, tenant));
  }

  private byte[] form(Map<String, JsonNode> parts) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    parts.forEach(
        (name, part) -> {
          String head =
              "--%s\r\nContent-Disposition: form-data; name=\"%s\"".formatted(BOUNDARY, name);
          if (part.isObject()) {
            head +=
                "; filename=\"%s\"\r\nContent-Type: %s"
                    .formatted(part.get("file").asString(), part.get("type").asString());
            write(form, head + "\r\n\r\n");
            form.writeBytes(Base64.getDecoder().decode(part.get("base64").asString()));
          } else {
            write(form, head + "\r\n\r\n" + fill(part.asString()));
          }
          write(form, "\r\n");
        });
    write(form, "--" + BOUNDARY + "--\r\n");
    return form.toByteArray();
  }

  private static void write(ByteArrayOutputStream form, String text) {
    form.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode fill(JsonNode json) {
    return Json.mapper().readTree(fill(json.toString()));
  }

  private String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value =
                  found.group(1).equals("invitation")
                      ? invitations.apply(saved.get("tenant"))
                      : saved.get(found.group(1));
              if (value == null) {
                throw new AssertionError("nothing was saved as " + found.group(1));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static void contains(String at, JsonNode expected, JsonNode actual, String whole) {
    if (expected.isString() && expected.asString().equals("*")) {
      if (actual == null || actual.isNull()) {
        throw new AssertionError("nothing at %s in %s".formatted(at, whole));
      }
    } else if (expected.isObject() && actual != null && actual.isObject()) {
      expected
          .properties()
          .forEach(
              field ->
                  contains(
                      at + "/" + field.getKey(),
                      field.getValue(),
                      actual.get(field.getKey()),
                      whole));
    } else if (expected.isArray() && actual != null && actual.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        contains(at + "/" + i, expected.get(i), actual.get(i), whole);
      }
    } else if (!expected.equals(actual)) {
      throw new AssertionError("%s at %s, not %s, in %s".formatted(actual, at, expected, whole));
    }
  }
}
