package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.Scope;
import io.billingledger.view.ViewGroups;
import io.billingledger.wiring.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * Stories over HTTP with the test clock, to the cent. After each, every check of the reconciliation
 * holds: the trial balance is zero and rebuilt views equal the live ones.
 */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
abstract class BillingStory {
  @LocalServerPort private int port;
  @Autowired private EventProcessingConfiguration processing;

  String code;
  String tenant;
  String subscription;
  ApiClient owner;
  Instant start;

  @AfterEach
  void everythingAgrees() {
    settle();
    Answer run =
        platform().post("/api/platform/runs/reconciliation", "{\"dry_run\": false}").expect(202);
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> runOf(run).text("/status").matches("DONE|FAILED"));
    assertThat(runOf(run).text("/status")).isEqualTo("DONE");
    assertThat(runOf(run).json().at("/checks")).hasSizeGreaterThan(8);
    runOf(run)
        .json()
        .at("/checks")
        .forEach(check -> assertThat(check.at("/ids")).as(check.toString()).isEmpty());
    Answer balance = platform().get("/api/finance/trial-balance").expect(200);
    assertThat(balance.raw()).contains("DEFERRED_REVENUE");
  }

  void describe(String seller) {
    platform()
        .post(
            "/api/platform/seller",
            """
            {"name": "%s", "address": ["Jalan Sudirman 52"], "city": "Jakarta", "country": "ID",
             "tax_identity": "01.234.567.8-012.000",
             "bank_accounts": [{"bank": "BCA", "holder": "PT", "number": "111 222"}]}"""
                .formatted(seller))
        .expect(200);
  }

  String document(String invoice, String kind) {
    return new String(
        platform()
            .get("/api/platform/invoices/%s/document.%s".formatted(invoice, kind))
            .expect(200)
            .response()
            .body(),
        StandardCharsets.ISO_8859_1);
  }

  void rebuildViews() {
    var views =
        processing.eventProcessor(ViewGroups.VIEWS, StreamingEventProcessor.class).orElseThrow();
    views.shutDown();
    Scope.allTenants(() -> views.resetTokens());
    views.start();
    settle();
  }

  Instant now() {
    return Instant.parse(platform().get("/api/test-clock").expect(200).text("/now"));
  }

  Answer preview(String more) {
    return owner
        .post(
            "/api/invoices/preview",
            "{\"subscription_id\": \"%s\"%s}".formatted(subscription, more))
        .expect(200);
  }

  Answer explanation(String invoice, int line) {
    return owner
        .get(
            "/api/invoices/%s/lines/%s/explanation"
                .formatted(invoice, invoice(invoice).text("/line_items/%d/id".formatted(line))))
        .expect(200);
  }

  ApiClient platform() {
    return ApiClient.owner(port);
  }

  String plan(String fields) {
    code = "usage-" + UUID.randomUUID().toString().substring(0, 8);
    platform()
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"Usage\"}".formatted(code))
        .expect(201);
    return plan(fields, code);
  }

  String plan(String fields, String product) {
    String plan = "plan-" + UUID.randomUUID().toString().substring(0, 8);
    platform()
        .post(
            "/api/platform/plans",
            "{\"code\": \"%s\", \"product_code\": \"%s\", \"name\": \"Usage\", %s}"
                .formatted(plan, product, fields))
        .expect(201);
    return plan;
  }

  void subscribe(String plan, int quantity) {
    register();
    subscription = subscribeTo(plan, quantity);
    settle();
  }

  void register() {
    tenant =
        platform()
            .post(
                "/api/platform/tenants",
                "{\"name\": \"Toko\", \"owner_email\": \"sari@example.com\"}")
            .expect(201)
            .text("/id");
    owner = platform().asNew("sari", "owner", tenant);
    start = now();
  }

  String subscribeTo(String plan, int quantity) {
    return platform()
        .post(
            "/api/platform/subscriptions",
            "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\", \"quantity\": %d}"
                .formatted(tenant, plan, quantity))
        .expect(201)
        .text("/id");
  }

  String use(String key, String calls, Instant at) {
    return use(key, "calls", calls, at);
  }

  String use(String key, String metric, String quantity, Instant at) {
    return owner
        .key(tenant + key)
        .post(
            "/api/usage",
            "{\"metric\": \"%s\", \"quantity\": \"%s\", \"timestamp\": \"%s\"}"
                .formatted(metric, quantity, at))
        .expect(201)
        .text("/usage/id");
  }

  /** The id of the record that was reported with this key. */
  String known(String key) {
    for (JsonNode each : owner.get("/api/usage?limit=100").expect(200).json().at("/data")) {
      if (each.at("/idempotency_key").asString().equals(tenant + key)) {
        return each.at("/id").asString();
      }
    }
    throw new AssertionError("no record " + key);
  }

  Answer fate(String usage) {
    return owner.get("/api/usage/" + usage).expect(200);
  }

  /** The newest first. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    creditNotes()
        .forEach(
            note ->
                notes.add(
                    "%s %s of %s"
                        .formatted(
                            note.at("/type").asString(),
                            note.at("/total/amount").asString(),
                            note.at("/invoice_id").asString())));
    return notes;
  }

  String reasons() {
    return creditNotes().toString();
  }

  JsonNode creditNotes() {
    return platform()
        .get("/api/platform/credit-notes?tenant_id=" + tenant)
        .expect(200)
        .json()
        .at("/data");
  }

  Answer subscription() {
    return subscription(subscription);
  }

  Answer subscription(String id) {
    return platform().get("/api/platform/subscriptions/" + id).expect(200);
  }

  /** The newest first. */
  List<String> invoices() {
    List<String> ids = new ArrayList<>();
    platform()
        .get("/api/platform/invoices?tenant_id=" + tenant)
        .expect(200)
        .json()
        .at("/data")
        .forEach(
            invoice -> {
              if (!invoice.at("/status").asString().equals("VOID")) {
                ids.add(invoice.at("/id").asString());
              }
            });
    return ids;
  }

  Answer invoice(String id) {
    return platform().get("/api/platform/invoices/" + id).expect(200);
  }

  List<String> lines(String invoice) {
    JsonNode lines = invoice(invoice).json().at("/line_items");
    return StreamSupport.stream(lines.spliterator(), false)
        .map(
            line ->
                "%s cycle %s: %s x %s = %s"
                    .formatted(
                        line.at("/type").asString(),
                        line.at("/cycle_no").asString(),
                        line.at("/quantity").asString(),
                        line.at("/unit_price").asString(),
                        line.at("/gross_amount/amount").asString()))
        .toList();
  }

  String credit() {
    return platform()
        .get("/api/platform/tenants/%s/credit".formatted(tenant))
        .expect(200)
        .text("/balance/amount");
  }

  void pay(String invoice, String amount) {
    platform()
        .post(
            "/api/platform/invoices/%s/payments".formatted(invoice),
            "{\"amount\": %s, \"method\": \"BANK_TRANSFER\"}".formatted(idr(amount)))
        .expect(201);
  }

  /** So many days after the subscription's start, to the second. */
  Instant day(int days) {
    return start.plus(Duration.ofDays(days));
  }

  void advanceTo(int days) {
    platform().post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(day(days))).expect(200);
  }

  void settle() {
    platform().post("/api/test-clock/advance", "{\"by\": \"PT0S\"}").expect(200);
  }

  Answer runOf(Answer run) {
    return platform().get("/api/platform/runs/" + run.text("/id")).expect(200);
  }

  static String idr(String amount) {
    return "{\"amount\": \"%s\", \"currency\": \"IDR\"}".formatted(amount);
  }
}
