package io.billingledger.api.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each test has a country of its own: what is added stays. */
@LedgerTest
class TaxRulesTest {
  private static final String PATH = "/api/platform/tax-rules";

  @LocalServerPort private int port;
  private ApiClient owner;

  @BeforeEach
  void setUp() {
    owner = ApiClient.owner(port);
  }

  @Test
  void whatSettingsBringIsListed() {
    Answer listed = owner.get(PATH + "?region=ID").expect(200);
    assertThat(listed.text("/data/0/name")).isEqualTo("PPN");
    assertThat(listed.text("/data/0/rate_percent")).isEqualTo("12");
    assertThat(listed.text("/data/0/base_factor")).isEqualTo("11/12");
    assertThat(listed.text("/data/0/regulation")).isEqualTo("PMK-131/2024");
    assertThat(listed.text("/data/0/is_active")).isEqualTo("true");
    assertThat(listed.text("/data/0/is_default")).isEqualTo("true");
    assertThat(listed.text("/data/0/id")).startsWith("txr_");
    assertThat(owner.get(PATH + "?region=ZZ").expect(200).json().at("/data").size()).isZero();
  }

  @Test
  void theNextRuleOfATaxEndsTheOneBefore() {
    Answer first = add("NU", "VAT", "15", "2020-01-01").expect(201);
    assertThat(first.text("/is_active")).isEqualTo("true");
    assertThat(first.json().at("/valid_to").isNull()).isTrue();
    Answer next = add("NU", "VAT", "17.5", "2099-01-01").expect(201);
    assertThat(next.text("/is_active")).isEqualTo("false");
    assertThat(next.text("/base_factor")).isEqualTo("1");
    Answer listed = owner.get(PATH + "?region=NU").expect(200);
    assertThat(listed.json().at("/data").findValuesAsString("rate_percent"))
        .containsExactly("15", "17.5");
    assertThat(listed.text("/data/0/valid_to")).isEqualTo("2099-01-01");
    add("NU", "VAT", "16", "2098-01-01").expectProblem(409, "tax-rule.too-early");
    add("NU", "VAT", "16", "2099-01-01").expectProblem(409, "tax-rule.too-early");
    Answer page = owner.get(PATH + "?region=NU&limit=1").expect(200);
    assertThat(page.text("/has_more")).isEqualTo("true");
    Answer rest =
        owner.get(PATH + "?region=NU&limit=1&cursor=" + page.text("/next_cursor")).expect(200);
    assertThat(rest.text("/data/0/rate_percent")).isEqualTo("17.5");
    assertThat(rest.text("/has_more")).isEqualTo("false");
  }

  @Test
  void theSameRequestAgainAddsNothing() {
    ApiClient once = owner.key("tax-" + UUID.randomUUID());
    String rule = rule("TK", "VAT", "5", "2020-01-01");
    String id = once.post(PATH, rule).expect(201).text("/id");
    assertThat(once.post(PATH, rule).expect(201).text("/id")).isEqualTo(id);
    assertThat(owner.get(PATH + "?region=TK").json().at("/data").size()).isEqualTo(1);
  }

  @Test
  void anInvoiceCarriesEveryTaxOfItsRegionOnTheSumOfItsLines() {
    add("EU-FI", "VAT", "25.5", "2024-09-01").expect(201);
    add("FI", "LEVY", "1", "2020-01-01").expect(201);
    add("FI", "OLD", "1", "2020-01-01", ", \"valid_to\": \"2021-01-01\"").expect(201);
    add("FI", "REDUCED", "14", "2020-01-01", ", \"is_default\": false").expect(201);
    Answer invoice = invoice("FI", "EXCLUSIVE", "10.02");
    assertThat(invoice.text("/subtotal/amount")).isEqualTo("10.02");
    assertThat(invoice.json().at("/taxes").findValuesAsString("name"))
        .containsExactly("VAT", "LEVY");
    assertThat(invoice.text("/taxes/0/amount/amount")).isEqualTo("2.56");
    assertThat(invoice.text("/taxes/1/amount/amount")).isEqualTo("0.10");
    assertThat(invoice.text("/tax_total/amount")).isEqualTo("2.66");
    assertThat(invoice.text("/total/amount")).isEqualTo("12.68");
    Answer inclusive = invoice("FI", "INCLUSIVE", "12.65");
    assertThat(inclusive.text("/subtotal/amount")).isEqualTo("10.00");
    assertThat(inclusive.text("/total/amount")).isEqualTo("12.65");
  }

  @Test
  void refusals() {
    add("XX", "VAT", "5", "2020-01-01").expectProblem(422, "tax-rule.region-unknown");
    add("TV", "VAT", "5", "2020-01-01", ", \"valid_to\": \"2020-01-01\"")
        .expectProblem(422, "tax-rule.never-holds");
    add("TV", "VAT", "-5", "2020-01-01").expectProblem(400, "request.invalid");
    add("TV", "", "5", "2020-01-01").expectProblem(400, "request.invalid");
    add("TV", "VAT", "5", "2020-01-01", ", \"base_factor\": \"11/0\"")
        .expectProblem(400, "request.invalid");
    add("TV", "VAT", "5", "2020-01-01", ", \"base_factor\": 1")
        .expectProblem(400, "request.invalid");
    owner
        .asNew("billing-of-taxes", "platform_billing", null)
        .post(PATH, rule("TV", "VAT", "5", "2020-01-01"))
        .expectProblem(403, "role.missing");
  }

  private Answer invoice(String country, String behaviour, String price) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    owner
        .post("/api/platform/products", "{\"code\": \"tax-%s\", \"name\": \"A\"}".formatted(run))
        .expect(201);
    owner
        .post(
            "/api/platform/plans",
            """
            {"code": "tax-%1$s", "product_code": "tax-%1$s", "name": "Plan",
             "price": {"amount": "%2$s", "currency": "EUR"}, "tax_behaviour": "%3$s"}"""
                .formatted(run, price, behaviour))
        .expect(201);
    String tenant =
        owner
            .post(
                "/api/platform/tenants",
                """
                {"name": "Oy", "country": "%s", "currency": "EUR",
                 "billing_time_zone": "Europe/Helsinki", "owner_email": "o@example.com"}"""
                    .formatted(country))
            .expect(201)
            .text("/id");
    Answer subscribed =
        owner
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"tax-%s\"}".formatted(tenant, run))
            .expect(201);
    String invoice =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    owner
                        .after(subscribed)
                        .get("/api/platform/invoices?tenant_id=" + tenant)
                        .text("/data/0/id"),
                id -> !id.isEmpty());
    return owner.get("/api/platform/invoices/" + invoice).expect(200);
  }

  private Answer add(String region, String name, String rate, String from) {
    return add(region, name, rate, from, "");
  }

  private Answer add(String region, String name, String rate, String from, String more) {
    String rule = rule(region, name, rate, from);
    return owner.post(PATH, rule.substring(0, rule.length() - 1) + more + "}");
  }

  private static String rule(String region, String name, String rate, String from) {
    return """
        {"region": "%s", "name": "%s", "rate_percent": "%s", "valid_from": "%s"}"""
        .formatted(region, name, rate, from);
  }
}
