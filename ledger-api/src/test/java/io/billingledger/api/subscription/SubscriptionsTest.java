package io.billingledger.api.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@LedgerTest
class SubscriptionsTest {
  @LocalServerPort int port;

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String product = "app-" + run;
  private final String basic = "basic-" + run;
  private final String pro = "pro-" + run;
  private ApiClient platform;

  @BeforeEach
  void aCatalogue() {
    platform = ApiClient.owner(port);
    platform
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"App\"}".formatted(product))
        .expect(201);
    plan(basic, "150000.00", "");
    plan(pro, "300000.00", "");
  }

  @Test
  void aTenantHasItsDefaultsAndItsPersonalDataOnlyForItself() {
    Answer made =
        platform
            .post(
                "/api/platform/tenants",
                """
                {"name": "Toko Budi", "owner_email": "budi@example.com", "tax_identity": "01.234"}""")
            .expect(201);
    assertThat(made.text("/country")).isEqualTo("ID");
    assertThat(made.text("/currency")).isEqualTo("IDR");
    assertThat(made.text("/billing_time_zone")).isEqualTo("Asia/Jakarta");
    assertThat(made.text("/deployment_type")).isEqualTo("SHARED");
    assertThat(made.text("/write_access_mode")).isEqualTo("READ_ONLY");
    assertThat(made.text("/owner_email")).isEqualTo("budi@example.com");
    assertThat(made.text("/tax_identity")).isEqualTo("01.234");
    assertThat(made.json().at("/active_cycle").isNull()).isTrue();
    String id = made.text("/id");
    Answer read = platform.after(made).get("/api/platform/tenants/" + id).expect(200);
    assertThat(read.text("/owner_email")).isEqualTo("budi@example.com");
    Answer list = platform.after(made).get("/api/platform/tenants?limit=500").expect(200);
    assertThat(list.raw()).contains(id).doesNotContain("budi@example.com", "01.234");
    Answer holds = platform.get("/api/platform/tenants/" + id + "/holds").expect(200);
    assertThat(holds.text("/data/0/kind")).isEqualTo("NO_SUBSCRIPTION");
    assertThat(holds.text("/data/0/placed_by")).isEqualTo("system:renewal");
  }

  @Test
  void refusalsOfTenants() {
    refuseTenant("/country", "\"country\": \"XX\"");
    refuseTenant("/currency", "\"currency\": \"XXX\"");
    refuseTenant("/billing_time_zone", "\"billing_time_zone\": \"Mars/Olympus\"");
    refuseTenant("/deployment_type", "\"deployment_type\": \"HOUSE\"");
    refuseTenant("/colour", "\"colour\": \"red\"");
    platform
        .post("/api/platform/tenants", "{\"name\": \"X\", \"owner_email\": \"nobody\"}")
        .expectProblem(400, "request.invalid");
    platform
        .get("/api/platform/tenants/ten_01J9ZQ3V6X8Y5W2K7M4N1P0R3T")
        .expectProblem(404, "tenant.unknown");
    platform.get("/api/platform/tenants/nonsense").expectProblem(404, "tenant.unknown");
  }

  @Test
  void aPersonSuspendsAndActivates() {
    String tenant = tenant();
    String path = "/api/platform/subscriptions/tenants/" + tenant;
    platform
        .post(path + "/activate", "{\"reason\": \"why not\"}")
        .expectProblem(409, "tenant.not-suspended");
    Answer suspended =
        platform.post(path + "/suspend", "{\"reason\": \"complaint 7\"}").expect(200);
    assertThat(suspended.text("/status")).isEqualTo("SUSPENDED");
    assertThat(suspended.raw()).contains("complaint 7", "MANUAL");
    platform
        .post(path + "/suspend", "{\"reason\": \"again\"}")
        .expectProblem(409, "tenant.already-suspended");
    platform
        .with("If-Match", "\"0\"")
        .post(path + "/activate", "{\"reason\": \"solved\"}")
        .expectProblem(412, "version.stale");
    Answer active = platform.post(path + "/activate", "{\"reason\": \"solved\"}").expect(200);
    assertThat(active.json().at("/holds").findValuesAsString("kind"))
        .containsExactly("NO_SUBSCRIPTION");
    platform
        .post(
            "/api/platform/subscriptions/tenants/ten_01J9ZQ3V6X8Y5W2K7M4N1P0R3T/suspend",
            "{\"reason\": \"x\"}")
        .expectProblem(404, "tenant.unknown");
    Answer listed =
        platform.after(active).get("/api/platform/subscriptions/tenants?status=SUSPENDED");
    assertThat(listed.expect(200).raw()).doesNotContain(tenant);
  }

  @Test
  void aSubscriptionBeginsAndIsReadAtOnce() {
    String tenant = tenant();
    Answer made = subscribe(tenant, basic);
    assertThat(made.text("/status")).isEqualTo("ACTIVE");
    assertThat(made.text("/cycle_no")).isEqualTo("1");
    assertThat(made.text("/quantity")).isEqualTo("1");
    assertThat(made.text("/auto_renew")).isEqualTo("true");
    assertThat(made.text("/product_code")).isEqualTo(product);
    String id = made.text("/id");
    Answer read = platform.after(made).get("/api/platform/subscriptions/" + id).expect(200);
    assertThat(read.text("/current_period_end")).isEqualTo(made.text("/current_period_end"));
    Answer current =
        owner(tenant).after(made).get("/api/subscriptions/current?product=" + product).expect(200);
    assertThat(current.text("/id")).isEqualTo(id);
    Answer seen = platform.get("/api/platform/tenants/" + tenant).expect(200);
    assertThat(seen.text("/active_cycle/cycle_no")).isEqualTo("1");
    assertThat(seen.text("/subscription_state")).isEqualTo("ACTIVE");
    Answer again =
        platform.post(
            "/api/platform/subscriptions",
            "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, pro));
    again.expectProblem(409, "subscription.already-running");
  }

  @Test
  void aTrialComesFirst() {
    String code = "trial-" + run;
    plan(code, "150000.00", ", \"trial_days\": 14");
    Answer made = subscribe(tenant(), code);
    assertThat(made.text("/status")).isEqualTo("TRIALING");
    assertThat(made.text("/cycle_no")).isEqualTo("0");
    assertThat(made.text("/trial_end_at")).isEqualTo(made.text("/next_renewal_at"));
  }

  @Test
  void aTenantTriesAProductOnce() {
    String one = "once-" + run;
    String other = "once-more-" + run;
    plan(one, "150000.00", ", \"trial_days\": 14");
    plan(other, "150000.00", ", \"trial_days\": 30");
    String tenant = tenant();
    Answer trial = subscribe(tenant, one);
    assertThat(trial.text("/status")).isEqualTo("TRIALING");
    platform
        .post(
            "/api/platform/subscriptions/%s/cancel".formatted(trial.text("/id")),
            "{\"at\": \"NOW\", \"reason\": \"not yet\"}")
        .expect(200);
    Answer again = subscribe(tenant, other);
    assertThat(again.text("/status")).isEqualTo("ACTIVE");
    assertThat(again.json().at("/trial_start_at").isNull()).isTrue();
  }

  @Test
  void tenantsDoNotSeeEachOther() {
    String one = tenant();
    String other = tenant();
    Answer made = subscribe(one, basic);
    ApiClient stranger = owner(other).after(made);
    stranger
        .get("/api/subscriptions/current?product=" + product)
        .expectProblem(404, "subscription.none");
    stranger
        .post("/api/subscriptions/cancel", "{\"at\": \"NOW\"}")
        .expectProblem(404, "subscription.none");
    Answer hers =
        platform.after(made).get("/api/platform/subscriptions?tenant_id=" + other).expect(200);
    assertThat(hers.json().at("/data").size()).isZero();
    Answer his =
        platform.after(made).get("/api/platform/subscriptions?tenant_id=" + one).expect(200);
    assertThat(his.json().at("/data").size()).isEqualTo(1);
    owner(one).get("/api/platform/subscriptions").expectProblem(403, "role.missing");
  }

  @Test
  void aChangeOfPlanIsAskedForTakenBackAndAskedForAgain() {
    String tenant = tenant();
    Answer made = subscribe(tenant, basic);
    ApiClient owner = owner(tenant);
    Answer change = change(owner, pro).expect(201);
    assertThat(change.text("/plan_code")).isEqualTo(pro);
    assertThat(change.text("/effective_at")).isEqualTo(made.text("/next_renewal_at"));
    assertThat(change.text("/from_cycle")).isEqualTo("2");
    change(owner, pro).expectProblem(409, "subscription.change-pending");
    Answer current = owner.after(change).get("/api/subscriptions/current").expect(200);
    assertThat(current.text("/pending_change/id")).isEqualTo(change.text("/id"));
    String path = "/api/subscriptions/change-request/";
    Answer back = owner.delete(path + change.text("/id")).expect(200);
    assertThat(back.text("/status")).isEqualTo("WITHDRAWN");
    owner.delete(path + change.text("/id")).expectProblem(404, "subscription.change-unknown");
    change(owner, basic).expectProblem(409, "subscription.same-plan");
    change(owner, "none-" + run).expectProblem(422, "plan.unknown");
    change(owner, pro).expect(201);
    ApiClient member = platform.asNew("member@example.com", "member", tenant);
    change(member, pro).expectProblem(403, "role.missing");
  }

  @Test
  void cancelResumeAndCancelAgain() {
    String tenant = tenant();
    Answer made = subscribe(tenant, basic);
    ApiClient owner = owner(tenant);
    owner
        .post("/api/subscriptions/resume", "{}")
        .expectProblem(409, "subscription.nothing-to-resume");
    Answer canceled =
        owner
            .post("/api/subscriptions/cancel", "{\"at\": \"PERIOD_END\", \"reason\": \"closing\"}")
            .expect(200);
    assertThat(canceled.text("/cancel_at")).isEqualTo(made.text("/next_renewal_at"));
    assertThat(canceled.json().at("/next_renewal_at").isNull()).isTrue();
    Answer resumed = owner.post("/api/subscriptions/resume", "{}").expect(200);
    assertThat(resumed.json().at("/cancel_at").isNull()).isTrue();
    Answer off = owner.post("/api/subscriptions/auto-renew", "{\"enabled\": false}").expect(200);
    assertThat(off.text("/auto_renew")).isEqualTo("false");
    Answer ended =
        platform
            .post(
                "/api/platform/subscriptions/" + made.text("/id") + "/cancel", "{\"at\": \"NOW\"}")
            .expect(200);
    assertThat(ended.text("/status")).isEqualTo("CANCELED");
    assertThat(ended.text("/canceled_reason")).isEqualTo("REQUESTED");
    owner
        .after(ended)
        .post("/api/subscriptions/cancel", "{\"at\": \"NOW\"}")
        .expectProblem(409, "subscription.ended");
    Answer anew = subscribe(tenant, pro);
    Answer current = owner.after(anew).get("/api/subscriptions/current").expect(200);
    assertThat(current.text("/id")).isEqualTo(anew.text("/id"));
  }

  @Test
  void aChangeReplacesTheComingInvoiceWhileItIsUntouched() {
    String early = "early-" + run;
    plan(early, "150000.00", ", \"dunning\": {\"issue_days_before\": 30}");
    String tenant = tenant();
    String id = subscribe(tenant, early).text("/id");
    pay(eventually(id, 0, "/invoice_id"), "150000.00");
    String coming = eventually(id, 1, "/invoice_id");
    assertThat(eventually(id, 0, "/settled", "true")).isEqualTo("true");

    ApiClient owner = owner(tenant);
    Answer change = change(owner, pro).expect(201);
    assertThat(change.text("/from_cycle")).isEqualTo("2");
    JsonNode replaced = cycles(platform.after(change), id).get(1);
    assertThat(replaced.at("/plan_code").asString()).isEqualTo(pro);
    assertThat(replaced.at("/status").asString()).isEqualTo("INVOICED");
    assertThat(replaced.at("/invoice_id").asString()).isNotEqualTo(coming);

    Answer back =
        owner.delete("/api/subscriptions/change-request/" + change.text("/id")).expect(200);
    JsonNode again = cycles(platform.after(back), id).get(1);
    assertThat(again.at("/plan_code").asString()).isEqualTo(early);

    pay(again.at("/invoice_id").asString(), "50000.00");
    Answer later = change(owner, pro).expect(201);
    assertThat(later.text("/from_cycle")).isEqualTo("3");
    assertThat(cycles(platform.after(later), id).get(1).at("/plan_code").asString())
        .isEqualTo(early);
    Answer ended =
        platform
            .post("/api/platform/subscriptions/" + id + "/cancel", "{\"at\": \"NOW\"}")
            .expect(200);
    JsonNode left = cycles(platform.after(ended), id);
    assertThat(left.size()).isEqualTo(1);
    assertThat(left.get(0).at("/status").asString()).isEqualTo("CLOSED");
  }

  @Test
  void refusalsOfSubscriptions() {
    String tenant = tenant();
    refuse(422, "plan.unknown", tenant, "none-" + run, "");
    refuse(404, "tenant.unknown", "ten_01J9ZQ3V6X8Y5W2K7M4N1P0R3T", basic, "");
    refuse(400, "request.invalid", "nonsense", basic, "");
    refuse(400, "request.invalid", tenant, basic, ", \"quantity\": 0");
    refuse(400, "request.invalid", tenant, basic, ", \"start_on\": \"tomorrow\"");
    refuse(422, "subscription.start-in-past", tenant, basic, ", \"start_on\": \"2020-01-01\"");
    platform.post("/api/platform/plans/" + pro + "/retire", "{}").expect(200);
    refuse(409, "plan.retired", tenant, pro, "");
    platform
        .get("/api/platform/subscriptions/sub_01J9ZQ3V6X8Y5W2K7M4N1P0R3T")
        .expectProblem(404, "subscription.unknown");
    platform
        .post(
            "/api/platform/subscriptions/sub_01J9ZQ3V6X8Y5W2K7M4N1P0R3T/cancel",
            "{\"at\": \"NOW\"}")
        .expectProblem(404, "subscription.unknown");
    platform
        .get("/api/platform/subscriptions?status=SLEEPING")
        .expectProblem(400, "parameter.invalid");
  }

  private static JsonNode cycles(ApiClient caller, String subscription) {
    return caller
        .get("/api/platform/subscriptions/" + subscription + "/cycles")
        .expect(200)
        .json()
        .at("/data");
  }

  private String eventually(String subscription, int cycle, String pointer) {
    return eventually(subscription, cycle, pointer, null);
  }

  /** What stands at the pointer in the cycle, once it stands there. */
  private String eventually(String subscription, int cycle, String pointer, String expected) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> cycles(platform, subscription).path(cycle).at(pointer).asString(""),
            text -> expected == null ? !text.isEmpty() : text.equals(expected));
  }

  private void pay(String invoice, String amount) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> platform.get("/api/platform/invoices/" + invoice).status() == 200);
    platform
        .post(
            "/api/platform/invoices/" + invoice + "/payments",
            """
            {"amount": {"amount": "%s", "currency": "IDR"}, "method": "BANK_TRANSFER",
             "reference": "BCA", "paid_at": "2026-01-01T00:00:00Z"}"""
                .formatted(amount))
        .expect(201);
  }

  private void refuse(int status, String code, String tenant, String plan, String more) {
    platform
        .post(
            "/api/platform/subscriptions",
            "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"%s}".formatted(tenant, plan, more))
        .expectProblem(status, code);
  }

  private void refuseTenant(String pointer, String field) {
    Answer refused =
        platform
            .post(
                "/api/platform/tenants",
                "{\"name\": \"X\", \"owner_email\": \"x@example.com\", %s}".formatted(field))
            .expectProblem(400, "request.invalid");
    assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
  }

  private String tenant() {
    return platform
        .post(
            "/api/platform/tenants",
            "{\"name\": \"Toko %s\", \"owner_email\": \"x@example.com\"}".formatted(run))
        .expect(201)
        .text("/id");
  }

  private ApiClient owner(String tenant) {
    return platform.asNew("owner-" + run + "@example.com", "owner", tenant);
  }

  private Answer subscribe(String tenant, String plan) {
    return platform
        .post(
            "/api/platform/subscriptions",
            "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, plan))
        .expect(201);
  }

  private static Answer change(ApiClient caller, String plan) {
    return caller.post(
        "/api/subscriptions/change-request", "{\"plan_code\": \"%s\"}".formatted(plan));
  }

  private void plan(String code, String price, String more) {
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Plan",
             "price": {"amount": "%s", "currency": "IDR"}%s}"""
                .formatted(code, product, price, more))
        .expect(201);
  }
}
