package io.billingledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.openapi.ExampleRunner.Place;
import io.billingledger.api.openapi.Examples.Example;
import io.billingledger.api.openapi.Examples.Step;
import io.billingledger.notice.Notifier;
import io.billingledger.wiring.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Every operation of the document has one success and one refusal, and both are true. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
@Import(OpenApiExamplesTest.Mailbox.class)
class OpenApiExamplesTest {
  @LocalServerPort private int port;
  @Autowired private Mailbox mailbox;

  /** Examples that change nothing share what was prepared for them. */
  private final Map<List<Step>, ExampleRunner> unchanged = new HashMap<>();

  /** Where the mails of this server go. */
  @TestConfiguration
  static class Mailbox {
    private final Map<String, String> invitations = new ConcurrentHashMap<>();

    @Bean
    @Primary
    Notifier mails() {
      return notice -> {
        String link = notice.data().get("link");
        if (link != null) {
          invitations.put(notice.tenantId().value(), link.substring(link.indexOf('#') + 1));
        }
      };
    }

    String invitation(String tenant) {
      return await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> invitations.get(tenant), Objects::nonNull);
    }
  }

  @TestFactory
  Stream<DynamicNode> everyOperation() {
    Map<String, Place> places = places(document());
    return places.keySet().stream()
        .map(
            operation ->
                dynamicContainer(
                    operation,
                    List.of(
                        dynamicTest("has both examples", () -> examples(operation)),
                        dynamicTest("success", () -> play(places, operation, true)),
                        dynamicTest("refusal", () -> play(places, operation, false)))));
  }

  @Test
  void theDocumentSaysWhatHoldsEverywhere() {
    JsonNode document = document();
    assertThat(document.at("/openapi").asString()).startsWith("3.1");
    JsonNode create = document.at("/paths/~1api~1platform~1api-keys/post");
    assertThat(create.at("/parameters").toString()).contains("Idempotency-Key");
    assertThat(create.at("/responses/201/headers").toString()).contains("Ledger-Position");
    assertThat(create.at("/responses/201/content").toString()).contains("platform_billing");
    assertThat(create.at("/responses/422/content").toString()).contains("roles-do-not-fit");
    assertThat(create.at("/requestBody/content").toString()).contains("budi@example.com");
    JsonNode list = document.at("/paths/~1api~1platform~1api-keys/get");
    assertThat(list.at("/parameters").toString())
        .contains("\"limit\"", "\"cursor\"", "Ledger-Position")
        .doesNotContain("paging", "caller");
    assertThat(list.at("/responses/4XX").toString()).contains("#/components/schemas/Problem");
    assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
        .contains("trace_id");
    assertThat(document.at("/components/schemas/NewKey/properties").propertyNames())
        .contains("tenant_id");
    assertThat(document.at("/components/schemas/NewKey/properties/tenant_id").toString())
        .contains("\"type\":\"string\"");
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
  }

  @Test
  void everyListIsPaged() {
    JsonNode document = document();
    List<String> paged =
        places(document).values().stream()
            .filter(place -> place.method().equals("GET"))
            .map(Place::path)
            .filter(path -> answersAPage(document, path))
            .toList();
    assertThat(paged).hasSizeGreaterThan(15);
    assertThat(paged)
        .allSatisfy(
            path ->
                assertThat(document.get("paths").get(path).at("/get/parameters").toString())
                    .contains("\"limit\"", "\"cursor\""));
  }

  private static boolean answersAPage(JsonNode document, String path) {
    JsonNode answer =
        document.get("paths").get(path).at("/get/responses/200/content/application~1json/schema");
    JsonNode schema = document.at(answer.at("/$ref").asString("").replace("#", ""));
    return schema.at("/properties").propertyNames().contains("next_cursor");
  }

  @Test
  void thePageIsForEverybody() {
    assertThat(ApiClient.anonymous(port).get("/docs").status()).isEqualTo(302);
    assertThat(ApiClient.anonymous(port).get("/swagger-ui/index.html").status()).isEqualTo(200);
  }

  private void play(Map<String, Place> places, String operation, boolean success) {
    Examples examples = examples(operation);
    Example example = success ? examples.success() : examples.refusal();
    boolean changesNothing = !success || places.get(operation).method().equals("GET");
    ExampleRunner runner =
        changesNothing && example.setup().isEmpty()
            ? unchanged.computeIfAbsent(examples.setup(), setup -> runner(places).prepare(setup))
            : runner(places).prepare(examples.setup());
    runner.play(operation, example);
    if (success) {
      runner.prepare(examples.after());
    }
    if (runner.movedTheClock()) {
      unchanged.clear();
    }
  }

  private ExampleRunner runner(Map<String, Place> places) {
    return new ExampleRunner(
        port, places, UUID.randomUUID().toString().substring(0, 8), mailbox::invitation);
  }

  private static Examples examples(String operation) {
    Optional<Examples> examples = Examples.of(operation);
    assertThat(examples).as("openapi/examples/%s.json", operation).isPresent();
    assertThat(examples.get().success().status()).isBetween(200, 299);
    assertThat(examples.get().refusal().status()).isBetween(400, 499);
    return examples.get();
  }

  private JsonNode document() {
    return ApiClient.anonymous(port).get("/api/openapi.json").expect(200).json();
  }

  private static Map<String, Place> places(JsonNode document) {
    Map<String, Place> places = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            places.put(
                                operation.getValue().get("operationId").asString(),
                                new Place(operation.getKey().toUpperCase(), path.getKey()))));
    return places;
  }
}
