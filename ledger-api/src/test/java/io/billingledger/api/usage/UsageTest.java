package io.billingledger.api.usage;

import static io.billingledger.api.usage.UsageScene.meter;
import static io.billingledger.api.usage.UsageScene.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.json.Json;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.metering.UsageVerification;
import io.billingledger.usage.UsageEvent.Positions;
import io.billingledger.usage.UsageEvent.UsageBatchAccepted;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Usage reported over HTTP, alone and in many. */
@LedgerTest
class UsageTest {
  private static final String BATCH = "/api/usage/batch";
  private static final String AT = "2026-01-15T10:00:00Z";

  @LocalServerPort private int port;
  @Autowired private JdbcTemplate database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private UsageVerification verification;
  @Autowired private EventStore events;
  @Autowired private Clock clock;

  private UsageScene scene;

  @BeforeEach
  void enter() throws InterruptedException {
    scene =
        UsageScene.of(
            port,
            "Asia/Jakarta",
            "[%s, %s]"
                .formatted(
                    meter("calls", ""),
                    meter("seats", ", \"type\": \"COUNTER\", \"aggregation\": \"TIME_WEIGHTED\"")));
  }

  @Test
  void theSameFactIsAcceptedOnceAndAnotherUnderItsKeyIsAConflict() {
    Answer first = scene.report("k1", "calls", "2.50", AT).expect(201);
    assertThat(first.text("/status")).isEqualTo("accepted");
    assertThat(first.text("/usage/subscription_id")).isEqualTo(scene.subscription.value());
    assertThat(first.header("Location")).contains("/api/usage/" + first.text("/usage/id"));
    Answer again = scene.report("k1", "calls", "2.5", AT).expect(200);
    assertThat(again.text("/status")).isEqualTo("duplicate");
    assertThat(again.json().at("/usage")).isEqualTo(first.json().at("/usage"));
    for (String other :
        List.of(
            record("k1", "calls", "2.51", AT),
            record("k1", "call", "2.5", AT),
            record("k1", "calls", "2.5", "2026-01-15T10:00:00.000001Z"),
            "{\"properties\": {\"a\": \"b\"}, " + record("k1", "calls", "2.5", AT).substring(1))) {
      Answer conflict =
          scene.service.post("/api/usage", other).expectProblem(409, "usage.key-conflict");
      assertThat(conflict.text("/errors/0/pointer")).isEqualTo("/idempotency_key");
    }
    assertThat(rows()).isOne();
  }

  @Test
  void aRecordWithoutAKeyHasTheRequests() {
    String body =
        """
        {"metric": "calls", "quantity": "1", "timestamp": "%s"}"""
            .formatted(AT);
    Answer made = scene.service.key("request-1").post("/api/usage", body).expect(201);
    assertThat(made.text("/usage/idempotency_key")).isEqualTo("request-1");
    assertThat(scene.service.key("request-1").post("/api/usage", body).raw()).isEqualTo(made.raw());
    assertThat(scene.report("request-1", "calls", "1", AT).expect(200).text("/status"))
        .isEqualTo("duplicate");
  }

  @Test
  void everyFieldThatIsWrongIsNamed() {
    for (String[] wrong :
        new String[][] {
          {"{\"quantity\": \"1\", \"timestamp\": \"%s\"}".formatted(AT), "/metric"},
          {record("k", "a b", "1", AT), "/metric"},
          {record("k", "calls", "1e3", AT), "/quantity"},
          {record("k", "calls", "1", "yesterday"), "/timestamp"},
          {record("", "calls", "1", AT), "/idempotency_key"},
          {
            "{\"subscription\": \"me\", " + record("k", "calls", "1", AT).substring(1),
            "/subscription"
          },
          {
            "{\"properties\": {\"a/b\": 1}, " + record("k", "calls", "1", AT).substring(1),
            "/properties/a~1b"
          },
          {"{\"more\": 1, " + record("k", "calls", "1", AT).substring(1), "/more"},
          {"[]", ""}
        }) {
      Answer refused =
          scene.service.post("/api/usage", wrong[0]).expectProblem(400, "request.invalid");
      assertThat(refused.text("/errors/0/pointer")).as(wrong[0]).isEqualTo(wrong[1]);
    }
    scene.report("k", "calls", "-1", AT).expectProblem(422, "usage.quantity-negative");
    scene.report("k", "seats", "-1", AT).expect(201);
    String ahead = clock.instant().plus(61, ChronoUnit.MINUTES).toString();
    scene.report("k2", "calls", "1", ahead).expectProblem(422, "usage.in-future");
    String soon = clock.instant().plus(59, ChronoUnit.MINUTES).toString();
    scene.report("k2", "calls", "1", soon).expect(201);
  }

  @Test
  void whoseItIsMayBeNamed() throws Exception {
    UsageScene other = UsageScene.of(port, "Asia/Jakarta", "[%s]".formatted(meter("calls", "")));
    for (String named :
        List.of(
            "\"product_code\": \"%s\"".formatted(scene.plan),
            "\"subscription\": \"%s\"".formatted(scene.subscription))) {
      Answer made =
          scene
              .service
              .post(
                  "/api/usage",
                  "{" + named + ", " + record(named.substring(1, 8), "x", "1", AT).substring(1))
              .expect(201);
      assertThat(made.text("/usage/subscription_id")).isEqualTo(scene.subscription.value());
      assertThat(made.text("/usage/fate/reason")).contains("no meter for x so far");
    }
    for (String[] named :
        new String[][] {
          {"\"product_code\": \"%s\"".formatted(other.plan), "/product_code"},
          {"\"subscription\": \"%s\"".formatted(other.subscription), "/subscription"}
        }) {
      Answer refused =
          scene
              .service
              .post("/api/usage", "{" + named[0] + ", " + record("n", "x", "1", AT).substring(1))
              .expectProblem(422, "usage.no-such-subscription");
      assertThat(refused.text("/errors/0/pointer")).isEqualTo(named[1]);
    }
  }

  @Test
  void aTenantWithoutASubscriptionKeepsItsUsageUnassigned() {
    String tenant =
        scene
            .owner
            .post(
                "/api/platform/tenants", "{\"name\": \"New\", \"owner_email\": \"n@example.com\"}")
            .expect(201)
            .text("/id");
    ApiClient service = scene.owner.asNew("erp", "service", tenant);
    Answer made = service.post("/api/usage", record("k", "calls", "1", AT)).expect(201);
    assertThat(made.text("/usage/fate/state")).isEqualTo("UNASSIGNED");
  }

  @Test
  void aBadRecordLosesNoneOfItsNeighbours() {
    Answer answer =
        scene
            .service
            .post(
                BATCH,
                "["
                    + String.join(
                        ",",
                        record("a", "calls", "1", AT),
                        "7",
                        record("b", "calls", "-1", AT),
                        record("a", "calls", "1.0", AT),
                        record("a", "calls", "2", AT),
                        record("c", "calls", "nothing", AT),
                        record("d", "calls", "1", "2999-01-01T00:00:00Z"),
                        "{\"metric\": \"calls\", \"quantity\": \"1\", \"timestamp\": \""
                            + AT
                            + "\"}")
                    + "]")
            .expect(200);
    assertThat(lines(answer.json().get("results")))
        .containsExactly(
            "0 accepted null null",
            "1 rejected request.invalid ",
            "2 rejected usage.quantity-negative /quantity",
            "3 duplicate null null",
            "4 rejected usage.key-conflict /idempotency_key",
            "5 rejected request.invalid /quantity",
            "6 rejected usage.in-future /timestamp",
            "7 accepted null null");
    assertThat(answer.text("/accepted")).isEqualTo("2");
    assertThat(answer.text("/duplicate")).isEqualTo("1");
    assertThat(answer.text("/rejected")).isEqualTo("5");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void aBatchIsIdempotentUnderItsKeyAndItsRecordsUnderTheirs() {
    String body =
        "[%s, %s]".formatted(record("a", "calls", "1", AT), record("b", "calls", "1", AT));
    ApiClient repeating = scene.service.key("batch-1");
    Answer first = repeating.post(BATCH, body).expect(200);
    Answer again = repeating.post(BATCH, body).expect(200);
    assertThat(again.raw()).isEqualTo(first.raw());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    repeating.post(BATCH, "[]").expectProblem(422, "idempotency.key-reused");
    assertThat(lines(scene.service.post(BATCH, body).json().get("results")))
        .containsExactly("0 duplicate null null", "1 duplicate null null");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void aBatchHasAtMostTenThousandRecordsAndItsSealHolds() {
    String one = record("%d", "calls", "1", AT);
    String most =
        IntStream.range(0, 10_000)
            .mapToObj(one::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(scene.service.post(BATCH, most).expect(200).text("/accepted")).isEqualTo("10000");
    String more =
        IntStream.range(0, 10_001)
            .mapToObj(one::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    scene.service.post(BATCH, more).expectProblem(413, "usage.batch-too-long");
    assertThat(seals()).hasSize(1).allMatch(seal -> seal.records() == 10_000);
    assertThat(seals()).allMatch(this::intact);
  }

  @Test
  void cloudEventsAloneAndTogether() {
    String event =
        """
        {"specversion": "1.0", "id": "%s", "source": "/gateway", "type": "calls", "time": "%s",
         "subject": "%s", "datacontenttype": "application/json", "region": "x",
         "data": {"quantity": "%s", "properties": {"region": "west"}}}""";
    Answer one =
        events("application/cloudevents+json", event.formatted("1", AT, scene.subscription, "2"));
    assertThat(lines(one.json().get("results"))).containsExactly("0 accepted null null");
    Answer usage = scene.service.get("/api/usage/" + one.text("/results/0/id")).expect(200);
    assertThat(usage.text("/idempotency_key")).isEqualTo("/gateway/1");
    assertThat(usage.text("/quantity")).isEqualTo("2");
    assertThat(usage.text("/metric")).isEqualTo("calls");
    assertThat(usage.text("/properties/region")).isEqualTo("west");
    assertThat(usage.text("/subscription_id")).isEqualTo(scene.subscription.value());
    Answer many =
        events(
            "application/cloudevents-batch+json",
            "[%s, %s, %s, {}]"
                .formatted(
                    event.formatted("1", AT, scene.subscription, "2"),
                    event.formatted("2", "noon", "someone", "2"),
                    event.formatted("3", AT, "someone", "x")));
    assertThat(lines(many.json().get("results")))
        .containsExactly(
            "0 duplicate null null",
            "1 rejected request.invalid /time",
            "2 rejected request.invalid /data/quantity",
            "3 rejected request.invalid /specversion");
  }

  @Test
  void aStreamOfFiftyThousandLines() {
    String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String body =
        IntStream.range(0, 50_000)
            .mapToObj(i -> i % 10_000 == 7 ? "{\"not json" : record("s" + i, "calls", "1", at))
            .collect(Collectors.joining("\n"));
    ApiClient repeating = scene.service.key("stream-1");
    Answer first = stream(repeating, body).expect(200);
    assertThat(first.contentType()).startsWith("application/x-ndjson");
    List<JsonNode> results = results(first);
    assertThat(results).hasSize(50_000);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get("index").asInt()).isEqualTo(i);
      assertThat(results.get(i).get("status").asString())
          .isEqualTo(i % 10_000 == 7 ? "rejected" : "accepted");
    }
    assertThat(results.get(7).get("code").asString()).isEqualTo("body.malformed");
    assertThat(rows()).isEqualTo(49_995);
    assertThat(seals()).hasSize(50).allMatch(seal -> seal.positions() == Positions.BATCH);
    assertThat(seals().stream().mapToInt(UsageBatchAccepted::records).sum()).isEqualTo(49_995);
    assertThat(seals()).allMatch(this::intact);
    Answer again = stream(repeating, body).expect(200);
    assertThat(again.raw()).isEqualTo(first.raw());
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(results(stream(scene.service, body)).stream().map(r -> r.get("status").asString()))
        .containsOnly("duplicate", "rejected");
    stream(repeating, body.replaceFirst("\"1\"", "\"2\""))
        .expectProblem(422, "idempotency.key-reused");
    assertThat(rows()).isEqualTo(49_995);
  }

  @Test
  void aStreamThatBrokeOffIsGoneOnWith() {
    List<String> lines =
        IntStream.range(0, 1500).mapToObj(i -> record("b" + i, "calls", "1", AT)).toList();
    ApiClient repeating = scene.service.key("broken");
    Answer part = stream(repeating, String.join("\r\n", lines.subList(0, 1000)) + "\n\n");
    assertThat(results(part)).hasSize(1000);
    Answer whole = stream(repeating, String.join("\n", lines));
    whole.expectProblem(422, "idempotency.key-reused");
    Answer same = stream(scene.service.key("other"), String.join("\n", lines));
    assertThat(results(same).stream().filter(r -> r.get("status").asString().equals("accepted")))
        .hasSize(500);
    stream(scene.service, "").expect(200);
    stream(scene.service.with("Idempotency-Key", " "), "")
        .expectProblem(400, "idempotency.key-missing");
    assertThat(
            results(stream(scene.service, "x".repeat(70_000) + "\n" + lines.getFirst())).stream()
                .map(r -> r.get("status").asString() + r.path("code").asString("")))
        .containsExactly("rejectedbody.too-large", "duplicate");
  }

  @Test
  void sixteenCallersWithOneKeyLeaveOneRecord() throws Exception {
    List<Answer> answers = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(16)) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 64)
              .<Callable<Answer>>mapToObj(
                  i ->
                      () ->
                          i % 2 == 0
                              ? scene.report("shared", "calls", "1", AT)
                              : scene.service.post(
                                  BATCH, "[%s]".formatted(record("shared", "calls", "1", AT))))
              .toList();
      for (var answer : pool.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).allMatch(answer -> answer.status() < 300);
    assertThat(
            answers.stream()
                .filter(
                    answer ->
                        answer.text("/status").equals("accepted")
                            || answer.text("/accepted").equals("1")))
        .hasSize(1);
    assertThat(rows()).isOne();
  }

  @Test
  void batchesThatOverlapInAnyOrderLeaveEachRecordOnce() throws Exception {
    List<String> records =
        IntStream.range(0, 400).mapToObj(i -> record("o" + i, "calls", "1", AT)).toList();
    try (var pool = Executors.newFixedThreadPool(8)) {
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        List<String> shuffled = new ArrayList<>(records);
        java.util.Collections.shuffle(shuffled, new java.util.Random(i));
        calls.add(() -> scene.service.post(BATCH, shuffled.toString()));
      }
      int accepted = 0;
      for (var answer : pool.invokeAll(calls)) {
        accepted += Integer.parseInt(answer.get().expect(200).text("/accepted"));
      }
      assertThat(accepted).isEqualTo(400);
    }
    assertThat(rows()).isEqualTo(400);
    assertThat(seals()).allMatch(this::intact);
  }

  @Test
  void recordsAreListedAndSummedInTheTenantsZone() {
    scene.report("1", "calls", "1", "2026-01-31T16:59:59.999999Z").expect(201);
    scene.report("2", "calls", "2", "2026-01-31T17:00:00Z").expect(201);
    scene.report("3", "calls", "4", "2026-02-01T17:30:00Z").expect(201);
    String third = scene.report("4", "seats", "8", AT).expect(201).text("/usage/id");
    assertThat(sums("month"))
        .containsExactly("2025-12-31T17:00:00Z 1 1", "2026-01-31T17:00:00Z 6 2");
    assertThat(sums("day"))
        .containsExactly(
            "2026-01-30T17:00:00Z 1 1", "2026-01-31T17:00:00Z 2 1", "2026-02-01T17:00:00Z 4 1");
    assertThat(sums("hour"))
        .containsExactly(
            "2026-01-31T16:00:00Z 1 1", "2026-01-31T17:00:00Z 2 1", "2026-02-01T17:00:00Z 4 1");
    Answer first = scene.service.get("/api/usage?limit=3").expect(200);
    assertThat(first.text("/data/0/id")).isEqualTo(third);
    Answer second = scene.service.get("/api/usage?limit=3&cursor=" + first.text("/next_cursor"));
    assertThat(second.text("/data/0/idempotency_key")).isEqualTo("1");
    assertThat(second.text("/has_more")).isEqualTo("false");
    assertThat(
            scene
                .service
                .get("/api/usage?metric=calls&from=2026-01-31T17:00:00Z&to=2026-02-01T17:00:00Z")
                .json()
                .get("data"))
        .hasSize(1);
    Answer metrics = scene.service.get("/api/usage/metrics").expect(200);
    assertThat(metrics.text("/data/0/metric")).isEqualTo("calls");
    assertThat(metrics.text("/data/0/last_used_at")).isEqualTo("2026-02-01T17:30:00Z");
    assertThat(metrics.text("/data/1/meters/0/aggregation")).isEqualTo("TIME_WEIGHTED");
  }

  @Test
  void correctionsAreAdded() {
    String id = scene.report("k", "calls", "5", AT).expect(201).text("/usage/id");
    Answer replaced =
        scene.service.post("/api/usage/" + id + "/replace", "{\"quantity\": \"3\"}").expect(200);
    assertThat(replaced.text("/replaces")).isEqualTo(id);
    assertThat(replaced.text("/quantity")).isEqualTo("3");
    assertThat(replaced.text("/fate/state")).isEqualTo("PENDING");
    Answer before = scene.service.get("/api/usage/" + id).expect(200);
    assertThat(before.text("/replaced_by")).isEqualTo(replaced.text("/id"));
    assertThat(before.text("/fate/state")).isEqualTo("CANCELED_OUT");
    String reversal = before.text("/reversed_by");
    scene
        .service
        .post("/api/usage/" + id + "/reverse", null)
        .expectProblem(409, "usage.already-reversed");
    scene
        .service
        .post("/api/usage/" + reversal + "/reverse", null)
        .expectProblem(409, "usage.reversal-final");
    assertThat(sums("month")).containsExactly("2025-12-31T17:00:00Z 3 3");
    scene.service.post("/api/usage/" + replaced.text("/id") + "/reverse", null).expect(200);
    assertThat(sums("month")).containsExactly("2025-12-31T17:00:00Z 0 4");
  }

  @Test
  void aRecordIsTakenBackOnceHoweverManyAsk() throws Exception {
    String id = scene.report("k", "calls", "5", AT).expect(201).text("/usage/id");
    List<Integer> statuses = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(16)) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 16)
              .<Callable<Answer>>mapToObj(
                  _ -> () -> scene.service.post("/api/usage/" + id + "/reverse", null))
              .toList();
      for (var answer : pool.invokeAll(calls)) {
        statuses.add(answer.get().status());
      }
    }
    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
  }

  @Test
  void tenantsDoNotSeeEachOther() throws Exception {
    UsageScene other = UsageScene.of(port, "Asia/Jakarta", "[%s]".formatted(meter("calls", "")));
    String id = scene.report("k", "calls", "5", AT).expect(201).text("/usage/id");
    other.service.get("/api/usage/" + id).expectProblem(404, "usage.unknown");
    other.service.post("/api/usage/" + id + "/reverse", null).expectProblem(404, "usage.unknown");
    other.service.post("/api/usage/" + id + "/replace", "{}").expectProblem(404, "usage.unknown");
    assertThat(other.service.get("/api/usage").json().get("data")).isEmpty();
    other.report("k", "calls", "5", AT).expect(201);
    for (String table : List.of("usage_fact", "usage_key", "usage_unsealed")) {
      List<String> seen =
          Scope.tenant(
              other.tenant,
              () ->
                  new TransactionTemplate(transactions)
                      .execute(
                          _ ->
                              database.queryForList(
                                  "SELECT DISTINCT tenant_id FROM " + table, String.class)));
      assertThat(seen).as(table).containsExactly(other.tenant.value());
    }
  }

  private List<String> sums(String by) {
    JsonNode data =
        scene
            .service
            .get(
                "/api/usage/summary?metric=calls&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z&by="
                    + by)
            .expect(200)
            .json()
            .get("data");
    return StreamSupport.stream(data.spliterator(), false)
        .map(
            piece ->
                "%s %s %s"
                    .formatted(
                        piece.get("from").asString(),
                        piece.get("quantity").asString(),
                        piece.get("records").asString()))
        .toList();
  }

  private Answer events(String type, String body) {
    return scene
        .service
        .send("POST", BATCH, type, body.getBytes(StandardCharsets.UTF_8))
        .expect(200);
  }

  private static Answer stream(ApiClient as, String body) {
    return as.send("POST", BATCH, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<JsonNode> results(Answer answer) {
    return answer.expect(200).raw().lines().map(line -> Json.mapper().readTree(line)).toList();
  }

  private static List<String> lines(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .map(
            result ->
                "%s %s %s %s"
                    .formatted(
                        result.get("index").asString(),
                        result.get("status").asString(),
                        result.path("code").asString("null"),
                        result.path("pointer").asString("null")))
        .toList();
  }

  private int rows() {
    return asTenant(
        () -> database.queryForObject("SELECT count(*) FROM usage_fact", Integer.class));
  }

  private boolean intact(UsageBatchAccepted seal) {
    return asTenant(() -> verification.intact(seal));
  }

  private <T> T asTenant(java.util.function.Supplier<T> work) {
    return Scope.tenant(
        scene.tenant, () -> new TransactionTemplate(transactions).execute(_ -> work.get()));
  }

  private List<UsageBatchAccepted> seals() {
    return Scope.tenant(
        scene.tenant,
        () -> {
          List<UsageBatchAccepted> seals = new ArrayList<>();
          Instant now = clock.instant();
          events
              .readEvents(UsageLogId.of(scene.tenant, now).value())
              .forEachRemaining(
                  event -> {
                    if (event.getPayload() instanceof UsageBatchAccepted seal) {
                      seals.add(seal);
                    }
                  });
          return seals;
        });
  }
}
