package io.billingledger.api.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A platform whose books are looked at; everybody is in the legal entity's zone. */
final class BooksScene {
  static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  static final String WITHOUT_TAX = "\"country\": \"US\", \"currency\": \"USD\"";

  final ApiClient platform;
  private String tenant;

  BooksScene(int port) {
    platform = ApiClient.owner(port);
  }

  /** A product with one plan; both have the code that is answered. */
  String plan(String fields) {
    String code = "books-" + UUID.randomUUID().toString().substring(0, 8);
    platform
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"Books\"}".formatted(code))
        .expect(201);
    platform
        .post(
            "/api/platform/plans",
            "{\"code\": \"%1$s\", \"product_code\": \"%1$s\", \"name\": \"Books\", %2$s}"
                .formatted(code, fields))
        .expect(201);
    return code;
  }

  /** A new customer in a country without a tax rule; answers the subscription. */
  String subscribe(String plan) {
    return subscribe(plan, WITHOUT_TAX);
  }

  String subscribe(String plan, String tenantFields) {
    tenant =
        platform
            .post(
                "/api/platform/tenants",
                """
                {"name": "Acme", "owner_email": "ann@example.com",
                 "billing_time_zone": "Asia/Jakarta", %s}"""
                    .formatted(tenantFields))
            .expect(201)
            .text("/id");
    String subscription =
        platform
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, plan))
            .expect(201)
            .text("/id");
    settle();
    return subscription;
  }

  /** The customer that subscribed last. */
  String tenant() {
    return tenant;
  }

  /** Of that customer, the newest first. */
  List<String> invoices() {
    List<String> ids = new ArrayList<>();
    platform
        .get("/api/platform/invoices?tenant_id=" + tenant)
        .expect(200)
        .json()
        .at("/data")
        .forEach(invoice -> ids.add(invoice.at("/id").asString()));
    return ids;
  }

  Answer invoice(String id) {
    return platform.get("/api/platform/invoices/" + id).expect(200);
  }

  void pay(String invoice, String amount, String currency) {
    platform
        .post(
            "/api/platform/invoices/%s/payments".formatted(invoice),
            "{\"amount\": {\"amount\": \"%s\", \"currency\": \"%s\"}, \"method\": \"BANK_TRANSFER\"}"
                .formatted(amount, currency))
        .expect(201);
  }

  Answer credit(String invoice, String type, String money) {
    return platform
        .post(
            "/api/platform/invoices/%s/credit-notes".formatted(invoice),
            "{\"type\": \"%s\", \"amount\": %s, \"reason\": \"agreed\"}".formatted(type, money))
        .expect(201);
  }

  Instant now() {
    return Instant.parse(platform.get("/api/test-clock").expect(200).text("/now"));
  }

  LocalDate today() {
    return LocalDate.ofInstant(now(), ZONE);
  }

  /** To the middle of the day. */
  void advanceTo(LocalDate day) {
    Instant noon = day.atTime(12, 0).atZone(ZONE).toInstant();
    platform.post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(noon)).expect(200);
  }

  void settle() {
    platform.post("/api/test-clock/advance", "{\"by\": \"PT0S\"}").expect(200);
  }

  /** To the second day of the next month. */
  void toNextMonth() {
    advanceTo(YearMonth.from(today()).plusMonths(1).atDay(2));
  }

  /** What of an invoice is recognised. */
  String recognised(String invoice) {
    return sum(schedule(invoice), "/recognised/amount");
  }

  JsonNode schedule(String invoice) {
    return platform
        .get("/api/finance/revenue/schedules?invoice_id=" + invoice)
        .expect(200)
        .json()
        .at("/lines");
  }

  static String sum(JsonNode rows, String pointer) {
    BigDecimal sum = new BigDecimal("0.00");
    for (JsonNode row : rows) {
      sum = sum.add(new BigDecimal(row.at(pointer).asString()));
    }
    return sum.toPlainString();
  }

  /** The trial balance is zero, every check is clean, and rebuilt views equal the live ones. */
  void everythingAgrees() {
    assertThat(broken()).isEmpty();
    platform
        .get("/api/finance/trial-balance")
        .expect(200)
        .json()
        .at("/totals")
        .forEach(
            total -> assertThat(total.at("/difference/amount").asString()).matches("0(\\.0+)?"));
  }

  /** The checks of a reconciliation that are broken, with their ids. */
  List<String> broken() {
    settle();
    Answer run =
        platform.post("/api/platform/runs/reconciliation", "{\"dry_run\": false}").expect(202);
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> runOf(run).text("/status").matches("DONE|FAILED"));
    assertThat(runOf(run).text("/status")).isEqualTo("DONE");
    assertThat(runOf(run).json().at("/checks")).hasSizeGreaterThan(8);
    List<String> broken = new ArrayList<>();
    for (JsonNode check : runOf(run).json().at("/checks")) {
      if (!check.at("/status").asString().equals("OK")) {
        List<String> ids = new ArrayList<>();
        check.at("/ids").forEach(id -> ids.add(id.asString()));
        broken.add(check.at("/name").asString() + ": " + ids);
      }
    }
    return broken;
  }

  private Answer runOf(Answer run) {
    return platform.get("/api/platform/runs/" + run.text("/id")).expect(200);
  }

  static String usd(String amount) {
    return "{\"amount\": \"%s\", \"currency\": \"USD\"}".formatted(amount);
  }
}
