package io.billingledger.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Form;
import io.billingledger.proof.SampleFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * Sixteen at the same moment, over HTTP: what may happen once happens once, and everybody gets a
 * usable answer. (Quotas: {@code QuotaTest}; runs: {@code RunsTest}.)
 */
@LedgerTest
class SixteenCallersTest {
  private static final int CALLERS = 16;

  @LocalServerPort private int port;
  private ApiClient platform;
  private String plan;

  @BeforeEach
  void plan() {
    platform = ApiClient.owner(port);
    plan = "sixteen-" + UUID.randomUUID();
    platform
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"App\"}".formatted(plan))
        .expect(201);
    plan(plan);
  }

  @Test
  void oneKeyIsOnePayment() throws Exception {
    String tenant = tenant();
    subscribe(tenant).expect(201);
    String invoice = invoice(tenant);
    String key = UUID.randomUUID().toString();
    List<Answer> answers = together(_ -> pay(platform.key(key), invoice));
    assertThat(statuses(answers).keySet()).isSubsetOf(201, 409);
    assertThat(answers.stream().filter(one -> one.status() == 409))
        .allSatisfy(one -> one.expectProblem(409, "idempotency.in-progress"));
    assertThat(answers.stream().filter(one -> one.status() == 201).map(one -> one.text("/id")))
        .hasSizeGreaterThan(0)
        .containsOnly(pay(platform.key(key), invoice).expect(201).text("/id"));
    isPaidBy(invoice, 1);
  }

  @Test
  void oneTenantAndProductIsOneSubscription() throws Exception {
    String tenant = tenant();
    List<Answer> answers = together(_ -> subscribe(tenant));
    assertThat(statuses(answers)).isEqualTo(Map.of(201, 1L, 409, CALLERS - 1L));
    answers.stream()
        .filter(one -> one.status() == 409)
        .forEach(one -> one.expectProblem(409, "subscription.already-running"));
    invoice(tenant);
    assertThat(all("/api/platform/subscriptions?tenant_id=" + tenant)).hasSize(1);
    assertThat(all("/api/platform/invoices?tenant_id=" + tenant)).hasSize(1);
  }

  @Test
  void oneInvoiceThatManyPayIsOneCycle() throws Exception {
    String tenant = tenant();
    String subscription = subscribe(tenant).expect(201).text("/id");
    String invoice = invoice(tenant);
    List<Answer> answers = together(_ -> pay(platform, invoice));
    assertThat(statuses(answers)).isEqualTo(Map.of(201, (long) CALLERS));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                all("/api/platform/subscriptions/%s/cycles".formatted(subscription))
                    .getFirst()
                    .at("/settled")
                    .booleanValue());
    assertThat(all("/api/platform/subscriptions/%s/cycles".formatted(subscription))).hasSize(1);
    assertThat(all("/api/platform/invoices?tenant_id=" + tenant)).hasSize(1);
    isPaidBy(invoice, CALLERS);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                platform
                    .get("/api/platform/tenants/%s/credit".formatted(tenant))
                    .expect(200)
                    .text("/balance/amount"),
            "2250000.00"::equals);
  }

  @Test
  void oneSubscriptionHasOneChangeAndOneEnd() throws Exception {
    String bigger = plan + "-2";
    plan(bigger);
    String tenant = tenant();
    Answer made = subscribe(tenant).expect(201);
    ApiClient owner = platform.asNew("owner of " + tenant, "owner", tenant).after(made);
    String change = "{\"plan_code\": \"%s\"}".formatted(bigger);
    List<Answer> changes =
        together(_ -> owner.post("/api/subscriptions/change-request?product=" + plan, change));
    assertThat(statuses(changes)).isEqualTo(Map.of(201, 1L, 409, CALLERS - 1L));
    changes.stream()
        .filter(one -> one.status() == 409)
        .forEach(one -> one.expectProblem(409, "subscription.change-pending"));

    List<Answer> ends =
        together(
            _ ->
                owner.post(
                    "/api/subscriptions/cancel?product=" + plan,
                    "{\"at\": \"NOW\", \"reason\": \"enough\"}"));
    assertThat(statuses(ends)).isEqualTo(Map.of(200, 1L, 409, CALLERS - 1L));
    ends.stream()
        .filter(one -> one.status() == 409)
        .forEach(one -> one.expectProblem(409, "subscription.ended"));
  }

  @Test
  void oneVersionIsDecidedOnOnce() throws Exception {
    String tenant = tenant();
    ApiClient onWhatWasRead = platform.with("If-Match", "\"1\"");
    List<Answer> answers =
        together(
            _ ->
                onWhatWasRead.post(
                    "/api/platform/subscriptions/tenants/%s/suspend".formatted(tenant),
                    "{\"reason\": \"a complaint\"}"));
    // Provisioning may have changed the tenant before any of them.
    assertThat(statuses(answers).getOrDefault(200, 0L)).isLessThanOrEqualTo(1);
    assertThat(statuses(answers).get(412)).isGreaterThanOrEqualTo(CALLERS - 1L);
  }

  @Test
  void oneSeriesHasNoGap() throws Exception {
    String retired = plan + "-old";
    plan(retired);
    platform.post("/api/platform/plans/%s/retire".formatted(retired), null).expect(200);
    List<String> tenants = IntStream.range(0, CALLERS).mapToObj(_ -> tenant()).toList();
    List<Answer> answers = together(i -> subscribe(tenants.get(i), i % 4 == 3 ? retired : plan));
    assertThat(statuses(answers)).isEqualTo(Map.of(201, 12L, 409, 4L));
    for (int i = 0; i < CALLERS; i++) {
      if (i % 4 != 3) {
        invoice(tenants.get(i));
      }
    }
    Map<String, List<Integer>> series =
        all("/api/platform/invoices").stream()
            .map(invoice -> invoice.at("/invoice_number").asString())
            .collect(
                Collectors.groupingBy(
                    number -> number.substring(0, number.lastIndexOf('-')),
                    Collectors.mapping(
                        number -> Integer.parseInt(number.substring(number.lastIndexOf('-') + 1)),
                        Collectors.toList())));
    assertThat(series).isNotEmpty();
    series.forEach(
        (name, numbers) ->
            assertThat(numbers)
                .as(name)
                .containsExactlyInAnyOrderElementsOf(
                    IntStream.rangeClosed(1, numbers.size()).boxed().toList()));
  }

  @Test
  void oneFileIsOneProofAndOnePayment() throws Exception {
    String tenant = tenant();
    subscribe(tenant).expect(201);
    String invoice = invoice(tenant);
    ApiClient owner = platform.asNew("owner of " + tenant, "owner", tenant);
    byte[] file = SampleFiles.pdf("of " + tenant);
    List<Answer> proofs =
        together(
            _ ->
                new Form()
                    .text("amount", "150000.00")
                    .text("currency", "IDR")
                    .file(file)
                    .post(owner, "/api/subscriptions/invoices/%s/proof".formatted(invoice)));
    assertThat(statuses(proofs)).isEqualTo(Map.of(201, 1L, 409, CALLERS - 1L));
    proofs.stream()
        .filter(one -> one.status() == 409)
        .forEach(one -> one.expectProblem(409, "proof.same-file"));
    String proof =
        proofs.stream().filter(one -> one.status() == 201).findFirst().orElseThrow().text("/id");

    List<Answer> approvals =
        together(
            _ ->
                platform.post(
                    "/api/platform/subscriptions/invoices/%s/verify".formatted(invoice),
                    """
                    {"proof_id": "%s", "decision": "approve", "reason": "seen"}"""
                        .formatted(proof)));
    assertThat(statuses(approvals)).isEqualTo(Map.of(200, 1L, 409, CALLERS - 1L));
    isPaidBy(invoice, 1);
  }

  private static List<Answer> together(IntFunction<Answer> call) throws Exception {
    CountDownLatch ready = new CountDownLatch(CALLERS);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Answer>> calls =
          IntStream.range(0, CALLERS)
              .mapToObj(
                  i ->
                      callers.submit(
                          () -> {
                            ready.countDown();
                            ready.await();
                            return call.apply(i);
                          }))
              .toList();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : calls) {
        answers.add(one.get());
      }
      return answers;
    }
  }

  private static Map<Integer, Long> statuses(List<Answer> answers) {
    return answers.stream()
        .map(Answer::status)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private void plan(String code) {
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Sixteen",
             "price": {"amount": "150000.00", "currency": "IDR"}}"""
                .formatted(code, plan))
        .expect(201);
  }

  private String tenant() {
    return platform
        .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
        .expect(201)
        .text("/id");
  }

  private Answer subscribe(String tenant) {
    return subscribe(tenant, plan);
  }

  private Answer subscribe(String tenant, String code) {
    return platform.post(
        "/api/platform/subscriptions",
        "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code));
  }

  private static Answer pay(ApiClient caller, String invoice) {
    return caller.post(
        "/api/platform/invoices/%s/payments".formatted(invoice),
        """
        {"amount": {"amount": "150000.00", "currency": "IDR"}, "method": "BANK_TRANSFER"}""");
  }

  /** The tenant's first one, once it is there. */
  private String invoice(String tenant) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                platform
                    .get("/api/platform/invoices?tenant_id=" + tenant)
                    .expect(200)
                    .text("/data/0/id"),
            id -> !id.isEmpty());
  }

  private void isPaidBy(String invoice, int payments) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode paid = platform.get("/api/platform/invoices/" + invoice).expect(200).json();
              assertThat(paid.at("/status").asString()).isEqualTo("PAID");
              assertThat(paid.at("/amount_paid/amount").asString()).isEqualTo("150000.00");
              assertThat(paid.at("/payments").size()).isEqualTo(payments);
            });
  }

  private List<JsonNode> all(String path) {
    return Life.all(request -> request.apply(platform), path);
  }
}
