package io.billingledger.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class PlansTest {
  @LocalServerPort int port;

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String product = "app-" + run;
  private ApiClient owner;

  @BeforeEach
  void aProduct() {
    owner = ApiClient.owner(port);
    owner
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"App\"}".formatted(product))
        .expect(201);
  }

  @Test
  void aPlanHasItsDefaultsAndIsReadAtOnce() {
    Answer made = plan("basic-" + run, "");
    assertThat(made.header("ETag")).contains("\"0\"");
    assertThat(made.text("/tax_behaviour")).isEqualTo("INCLUSIVE");
    assertThat(made.json().at("/interval").toString())
        .isEqualTo("{\"kind\":\"ROLLING_DAYS\",\"days\":30}");
    assertThat(made.text("/activation")).isEqualTo("IMMEDIATE");
    assertThat(made.text("/setup_fee/amount")).isEqualTo("0.00");
    assertThat(made.json().at("/dunning/reminders").toString()).isEqualTo("[-7,-3,-1,0,3]");
    assertThat(made.text("/dunning/notice_time")).startsWith("09:00");
    assertThat(made.json().at("/meters").size()).isZero();
    Answer read = owner.after(made).get("/api/platform/plans/basic-" + run).expect(200);
    assertThat(read.json()).isEqualTo(made.json());
  }

  @Test
  void everyFieldIsKept() {
    Answer made =
        plan(
            "full-" + run,
            """
            , "description": "all of it", "display_order": 7, "tax_behaviour": "EXCLUSIVE",
            "interval": {"kind": "CALENDAR_MONTHS", "months": 3, "anchor_day": 31},
            "trial_days": 14, "setup_fee": {"amount": "10.00", "currency": "IDR"},
            "activation": "ON_FIRST_PAYMENT",
            "limits": [
              {"module": "orders", "metric": "orders", "limit": "100", "enforcement": "HARD_BLOCK"},
              {"module": "wa", "metric": "messages", "limit": null},
              {"module": "api", "metric": "calls", "limit": "5.5", "enforcement": "OVERAGE_CHARGE",
               "overage_unit_price": "0.125"}],
            "meters": [], "dunning": {"payment_days": 3, "reminders": [0], "notice_time": "08:30"},
            "change_rules": [{"to_plan_code": "other", "timing": "ILLEGAL"}],
            "valid_from": "2020-01-01"
            """);
    assertThat(made.text("/limits/1/enforcement")).isEqualTo("HARD_BLOCK");
    assertThat(made.json().at("/limits/1/limit").isNull()).isTrue();
    assertThat(made.text("/limits/2/overage_unit_price")).isEqualTo("0.125");
    assertThat(made.text("/dunning/payment_days")).isEqualTo("3");
    assertThat(made.text("/dunning/suspend_after")).isEqualTo("7");
    assertThat(made.text("/interval/anchor_day")).isEqualTo("31");
    Answer read = owner.after(made).get("/api/platform/plans/full-" + run).expect(200);
    assertThat(read.json()).isEqualTo(made.json());
  }

  @Test
  void aVersionKeepsWhatItDoesNotSayAndHoldsFromItsDate() {
    String code = "v-" + run;
    plan(
        code,
        ", \"limits\": [{\"module\": \"orders\", \"metric\": \"orders\", \"limit\": \"100\"}]");
    Answer next =
        owner
            .post(
                "/api/platform/plans/" + code + "/versions",
                """
                {"price": {"amount": "200000.00", "currency": "IDR"}, "valid_from": "2099-01-01"}""")
            .expect(201);
    assertThat(next.text("/price/amount")).isEqualTo("200000.00");
    assertThat(next.text("/price_version")).isEqualTo("2");
    assertThat(next.text("/version")).isEqualTo("1");
    assertThat(next.text("/limits/0/limit")).isEqualTo("100");
    Answer today = owner.after(next).get("/api/platform/plans/" + code).expect(200);
    assertThat(today.text("/price/amount")).isEqualTo("150000.00");
    assertThat(today.text("/price_version")).isEqualTo("1");
    assertThat(today.json().at("/versions").size()).isEqualTo(2);
    owner
        .post("/api/platform/plans/" + code + "/versions", "{\"valid_from\": \"2000-01-01\"}")
        .expectProblem(422, "plan.version-too-early");
    owner
        .with("If-Match", "\"0\"")
        .post("/api/platform/plans/" + code + "/versions", "{\"valid_from\": \"2099-02-01\"}")
        .expectProblem(412, "version.stale");
  }

  @Test
  void everyFieldOfAMeterIsKept() {
    Answer made =
        plan(
            "meters-" + run,
            """
            , "minimum": {"amount": "10.00", "currency": "IDR"},
            "maximum": {"amount": "900000.00", "currency": "IDR"},
            "applies_to": "NEW_SUBSCRIPTIONS",
            "meters": [
              {"metric_code": "api_calls", "name": "API calls", "description": "what they call",
               "type": "COUNTER", "aggregation": "UNIQUE_COUNT", "aggregation_property": "user",
               "filters": [{"property": "env", "values": ["live"]}], "group_by": ["region"],
               "late_usage": "CREDIT_AND_REBILL", "pricing_model": "TIERED",
               "tier_mode": "GRADUATED", "minimum": "1", "maximum": "2000.5",
               "tiers": [{"up_to": 10, "unit_price": "0.00005", "flat_fee": "2"},
                         {"up_to": null, "unit_price": "5"}]},
              {"metric_code": "storage", "type": "GAUGE", "aggregation": "TIME_WEIGHTED",
               "pricing_model": "PACKAGE", "package_size": "10", "package_price": "1.5",
               "free_units": "5", "package_rounding": "DOWN"},
              {"metric_code": "payments", "pricing_model": "PERCENTAGE", "rate_percent": "2.9",
               "fixed_fee": "0.3", "free_events": 3, "free_amount": "500", "event_minimum": "1",
               "event_maximum": "12"},
              {"metric_code": "runs", "pricing_model": "METERED", "unit_price": "1",
               "included_units": "100", "overage_unit_price": "2"},
              {"metric_code": "base", "pricing_model": "FLAT", "unit_price": "9"},
              {"metric_code": "volume", "pricing_model": "GRADUATED_PERCENTAGE",
               "tiers": [{"up_to": null, "rate_percent": "1"}]}]
            """);
    assertThat(made.text("/applies_to")).isEqualTo("NEW_SUBSCRIPTIONS");
    assertThat(made.text("/minimum/amount")).isEqualTo("10.00");
    assertThat(made.text("/meters/0/tiers/0/up_to")).isEqualTo("10");
    assertThat(made.json().at("/meters/0/tiers/1/up_to").isNull()).isTrue();
    assertThat(made.text("/meters/0/tiers/0/unit_price")).isEqualTo("0.00005");
    assertThat(made.text("/meters/0/late_usage")).isEqualTo("CREDIT_AND_REBILL");
    assertThat(made.text("/meters/1/type")).isEqualTo("GAUGE");
    assertThat(made.text("/meters/2/aggregation")).as("by default").isEqualTo("SUM");
    assertThat(made.text("/meters/2/late_usage")).isEqualTo("NEXT_PERIOD_CORRECTION");
    assertThat(made.text("/meters/2/name")).isEqualTo("payments");
    assertThat(made.json().at("/meters/2").has("package_size")).isFalse();
    Answer read = owner.after(made).get("/api/platform/plans/meters-" + run).expect(200);
    assertThat(read.json()).isEqualTo(made.json());
    Answer next =
        owner
            .post(
                "/api/platform/plans/meters-" + run + "/versions",
                """
                {"meters": [{"metric_code": "base", "pricing_model": "FLAT", "unit_price": "8"}],
                 "valid_from": "2099-01-01"}""")
            .expect(201);
    assertThat(next.json().at("/meters").size()).isEqualTo(1);
    assertThat(next.text("/minimum/amount")).as("kept").isEqualTo("10.00");
    assertThat(next.text("/applies_to")).isEqualTo("ALL_FROM_NEXT_CYCLE");
    Answer kept =
        owner
            .post(
                "/api/platform/plans/meters-" + run + "/versions",
                "{\"valid_from\": \"2099-02-01\"}")
            .expect(201);
    assertThat(kept.text("/meters/0/unit_price")).isEqualTo("8");
  }

  @Test
  void aMeterThatCannotBeBilledIsRefusedByItsField() {
    String tiers =
        "{\"metric_code\": \"a\", \"pricing_model\": \"TIERED\", \"tier_mode\": \"VOLUME\"";
    wrong(
        "/meters/0/tiers/1/up_to",
        tiers
            + ", \"tiers\": [{\"up_to\": 5, \"unit_price\": \"1\"},"
            + " {\"up_to\": 5, \"unit_price\": \"1\"}, {\"unit_price\": \"1\"}]}");
    wrong("/meters/0/tiers", tiers + "}");
    wrong("/meters/0/metric_code", "{\"pricing_model\": \"FLAT\", \"unit_price\": \"1\"}");
    wrong("/meters/0/pricing_model", "{\"metric_code\": \"a\"}");
    wrong(
        "/meters/1/rate_percent",
        "{\"metric_code\": \"a\", \"pricing_model\": \"FLAT\", \"unit_price\": \"1\"},"
            + " {\"metric_code\": \"b\", \"pricing_model\": \"PERCENTAGE\"}");
    wrong(
        "/meters/0/unit_price",
        "{\"metric_code\": \"a\", \"pricing_model\": \"FLAT\", \"unit_price\": 1}");
    String flat = "{\"metric_code\": \"a\", \"pricing_model\": \"FLAT\", \"unit_price\": \"1\"}";
    Answer twice =
        owner.post(
            "/api/platform/plans",
            body("t-" + run, ", \"meters\": [%s, %s]".formatted(flat, flat)));
    twice.expectProblem(422, "plan.terms-invalid");
    assertThat(twice.text("/detail")).contains("/meters/0/metric_code");
    refuse(
        422,
        "plan.terms-invalid",
        "x-" + run,
        ", \"minimum\": {\"amount\": \"1.00\", \"currency\": \"USD\"}");
  }

  private void wrong(String pointer, String meters) {
    Answer answer =
        owner
            .post("/api/platform/plans", body("w-" + run, ", \"meters\": [" + meters + "]"))
            .expectProblem(400, "request.invalid");
    assertThat(answer.json().at("/errors").findValuesAsString("pointer")).contains(pointer);
  }

  @Test
  void aRetiredPlanIsOfferedNoMore() {
    String code = "old-" + run;
    plan(code, "");
    Answer retired = owner.post("/api/platform/plans/" + code + "/retire", "{}").expect(200);
    assertThat(retired.text("/active")).isEqualTo("false");
    owner.post("/api/platform/plans/" + code + "/retire", "{}").expectProblem(409, "plan.retired");
    Answer listed =
        owner
            .after(retired)
            .get("/api/platform/plans?active=true&product_code=" + product)
            .expect(200);
    assertThat(listed.json().at("/data").size()).isZero();
  }

  @Test
  void plansAreListedInTheirOrderPageByPage() {
    plan("b-" + run, ", \"display_order\": 2");
    plan("a-" + run, ", \"display_order\": 2");
    Answer last = plan("c-" + run, ", \"display_order\": 1");
    String path = "/api/platform/plans?limit=2&product_code=" + product;
    Answer first = owner.after(last).get(path).expect(200);
    assertThat(first.json().at("/data").findValuesAsString("code"))
        .containsExactly("c-" + run, "a-" + run);
    assertThat(first.text("/has_more")).isEqualTo("true");
    Answer second = owner.get(path + "&cursor=" + first.text("/next_cursor")).expect(200);
    assertThat(second.json().at("/data").findValuesAsString("code")).containsExactly("b-" + run);
    assertThat(second.text("/has_more")).isEqualTo("false");
  }

  @Test
  void refusals() {
    String code = "r-" + run;
    plan(code, "");
    refuse(409, "plan.code-taken", code, "");
    refuse(422, "product.unknown", "x-" + run, ", \"product_code\": \"none-" + run + "\"");
    refuse(400, "request.invalid", "x-" + run, ", \"interval\": {\"kind\": \"ROLLING_DAYS\"}");
    refuse(
        400,
        "request.invalid",
        "x-" + run,
        ", \"interval\": {\"kind\": \"CALENDAR_MONTHS\", \"months\": 5}");
    refuse(400, "request.invalid", "x-" + run, ", \"meters\": [{}]");
    refuse(400, "request.invalid", "x-" + run, ", \"limits\": [null]");
    refuse(400, "request.invalid", "x-" + run, ", \"dunning\": {\"suspend_after\": 40}");
    refuse(400, "request.invalid", "x-" + run, ", \"dunning\": {\"reminders\": [3, 1]}");
    refuse(
        400, "request.invalid", "x-" + run, ", \"price\": {\"amount\": 5, \"currency\": \"IDR\"}");
    refuse(
        422,
        "plan.terms-invalid",
        "x-" + run,
        ", \"setup_fee\": {\"amount\": \"1.00\", \"currency\": \"USD\"}");
    owner.get("/api/platform/plans/none-" + run).expectProblem(404, "plan.not-found");
    owner
        .post("/api/platform/plans/none-" + run + "/retire", "{}")
        .expectProblem(404, "plan.not-found");
    owner
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"B\"}".formatted(product))
        .expectProblem(409, "product.code-taken");
  }

  private void refuse(int status, String problem, String code, String more) {
    owner.post("/api/platform/plans", body(code, more)).expectProblem(status, problem);
  }

  private Answer plan(String code, String more) {
    return owner.post("/api/platform/plans", body(code, more)).expect(201);
  }

  private String body(String code, String more) {
    StringBuilder body = new StringBuilder("{\"code\": \"" + code + "\", \"name\": \"Plan\"");
    if (!more.contains("\"product_code\"")) {
      body.append(", \"product_code\": \"").append(product).append('"');
    }
    if (!more.contains("\"price\"")) {
      body.append(", \"price\": {\"amount\": \"150000.00\", \"currency\": \"IDR\"}");
    }
    return body.append(more).append('}').toString();
  }
}
