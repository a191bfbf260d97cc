package io.billingledger.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** A record's way to a line of an invoice, over HTTP in sandbox time. */
@SpringBootTest(
    classes = io.billingledger.LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.test-clock.start=2026-01-05T00:00:00Z"
    })
@ContextConfiguration(initializers = TestDatabase.class)
class UsageFateTest {
  @LocalServerPort private int port;

  @Test
  void everyRecordSaysWhatBecameOfIt() {
    ApiClient owner = ApiClient.owner(port);
    String code = "fate-" + UUID.randomUUID();
    owner
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"ERP\"}".formatted(code))
        .expect(201);
    owner
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Metered", "trial_days": 3,
             "price": {"amount": "100000.00", "currency": "IDR"}, "tax_behaviour": "EXCLUSIVE",
             "meters": [{"metric_code": "calls", "pricing_model": "METERED", "unit_price": "20.00",
                         "group_by": ["region"],
                         "filters": [{"property": "kind", "values": ["paid"]}]}]}"""
                .formatted(code, code))
        .expect(201);
    String tenant =
        owner
            .post(
                "/api/platform/tenants", "{\"name\": \"Toko\", \"owner_email\": \"o@example.com\"}")
            .expect(201)
            .text("/id");
    String subscription =
        owner
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code))
            .expect(201)
            .text("/id");
    advance(owner, "PT0S");
    ApiClient service = owner.asNew("erp", "service", tenant);
    String inTrial = report(service, "trial", "calls", "7", "2026-01-05T01:00:00Z", "west");
    advance(owner, "P5D");
    pay(owner, tenant);
    String west = report(service, "west", "calls", "10", "2026-01-09T00:00:00Z", "west");
    String east = report(service, "east", "calls", "5", "2026-01-09T00:00:00Z", "east");
    String other = report(service, "other", "stamps", "5", "2026-01-09T00:00:00Z", "east");
    String back = report(service, "back", "calls", "5", "2026-01-09T00:00:00Z", "east");
    service.post("/api/usage/" + back + "/reverse", null).expect(200);
    assertThat(fate(service, west)).isEqualTo("PENDING");
    advance(owner, "P31D");
    pay(owner, tenant);
    Answer rated = service.get("/api/usage/" + west).expect(200);
    assertThat(rated.text("/fate/state")).as(rated.raw()).isEqualTo("RATED");
    assertThat(line(owner, rated)).isEqualTo("10 20.00 200.00 calls");
    Answer ratedEast = service.get("/api/usage/" + east).expect(200);
    assertThat(line(owner, ratedEast)).isEqualTo("5 20.00 100.00 calls");
    assertThat(fate(service, other)).isEqualTo("NOT_CHARGED");
    assertThat(fate(service, inTrial)).isEqualTo("NOT_CHARGED");
    assertThat(fate(service, back)).isEqualTo("CANCELED_OUT");
    String late = report(service, "late", "calls", "3", "2026-01-09T00:00:00Z", "west");
    assertThat(fate(service, late)).isEqualTo("PENDING");
    advance(owner, "P35D");
    assertThat(line(owner, service.get("/api/usage/" + late))).isEqualTo("3 20.00 60.00 calls");
    assertThat(service.get("/api/usage/" + west).raw()).isEqualTo(rated.raw());
    assertThat(subscription).isNotEmpty();
  }

  @Test
  void theFastPathTellsTheCostAndWhatIsLeft() {
    ApiClient owner = ApiClient.owner(port);
    String code = "fast-" + UUID.randomUUID();
    owner
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"ERP\"}".formatted(code))
        .expect(201);
    owner
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Metered", "trial_days": 3,
             "price": {"amount": "100000.00", "currency": "IDR"}, "tax_behaviour": "EXCLUSIVE",
             "usage": {"trial_balance": {"amount": "50000.00", "currency": "IDR"}},
             "meters": [{"metric_code": "calls", "pricing_model": "METERED",
                         "unit_price": "20.00"}]}"""
                .formatted(code, code))
        .expect(201);
    String tenant =
        owner
            .post(
                "/api/platform/tenants", "{\"name\": \"Toko\", \"owner_email\": \"o@example.com\"}")
            .expect(201)
            .text("/id");
    Answer subscribed =
        owner
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code))
            .expect(201);
    advance(owner, "PT0S");
    ApiClient service = owner.asNew("erp", "service", tenant);
    String at = subscribed.text("/start_at");
    assertThat(cost(service, "a", "calls", "1750", at))
        .isEqualTo("35000.00 35000.00 0.00 15000.00");
    assertThat(cost(service, "b", "calls", "1000", at)).isEqualTo("20000.00 15000.00 5000.00 0.00");
    assertThat(cost(service, "b", "calls", "1000", at)).isEqualTo("0.00 0.00 0.00 0.00");
    assertThat(cost(service, "c", "calls", "10", at)).isEqualTo("200.00 0.00 200.00 0.00");
    assertThat(cost(service, "d", "stamps", "10", at)).isEqualTo("0.00 0.00 0.00 0.00");
    assertThat(service.get("/api/usage").json().get("data")).hasSize(4);
  }

  /** Cost, of which from the balance, of which billable, and what is left of the balance. */
  private static String cost(
      ApiClient service, String key, String metric, String quantity, String at) {
    Answer answer =
        service.post("/api/usage/record", UsageScene.record(key, metric, quantity, at)).expect(200);
    return "%s %s %s %s"
        .formatted(
            answer.text("/cost/amount"),
            answer.text("/from_balance/amount"),
            answer.text("/billable/amount"),
            answer.text("/trial_balance_left/amount"));
  }

  private static void advance(ApiClient owner, String by) {
    owner.post("/api/test-clock/advance", "{\"by\": \"%s\"}".formatted(by)).expect(200);
  }

  private static void pay(ApiClient owner, String tenant) {
    for (var invoice : owner.get("/api/platform/invoices?tenant_id=" + tenant).json().get("data")) {
      if (!invoice.get("status").asString().equals("PAID")) {
        owner
            .post(
                "/api/platform/invoices/%s/payments".formatted(invoice.get("id").asString()),
                """
                {"amount": %s, "method": "BANK_TRANSFER", "reference": "%s",
                 "paid_at": "2026-01-09T00:00:00Z"}"""
                    .formatted(invoice.get("amount_due"), invoice.get("id").asString()))
            .expect(201);
      }
    }
    advance(owner, "PT0S");
  }

  private static String report(
      ApiClient service, String key, String metric, String quantity, String at, String region) {
    return service
        .post(
            "/api/usage",
            "{\"properties\": {\"region\": \"%s\", \"kind\": \"paid\"}, ".formatted(region)
                + UsageScene.record(key, metric, quantity, at).substring(1))
        .expect(201)
        .text("/usage/id");
  }

  private static String fate(ApiClient service, String id) {
    return service.get("/api/usage/" + id).expect(200).text("/fate/state");
  }

  /** The line that the fate names, as the invoice has it. */
  private static String line(ApiClient owner, Answer usage) {
    Answer invoice =
        owner.get("/api/platform/invoices/" + usage.text("/fate/invoice_id")).expect(200);
    for (var line : invoice.json().get("line_items")) {
      if (line.get("id").asString().equals(usage.text("/fate/line_id"))) {
        return "%s %s %s %s"
            .formatted(
                line.get("quantity").asString(),
                line.get("unit_price").asString(),
                line.at("/amount/amount").asString(),
                line.get("metric_code").asString());
      }
    }
    throw new AssertionError("no line " + usage.raw() + " in " + invoice.raw());
  }
}
