package io.billingledger.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Coupons from their creation to the lines of the invoices that they take something off. */
@LedgerTest
@TestPropertySource(
    properties = {"ledger.test-clock.enabled=true", "ledger.test-clock.start=2026-03-01T03:00:00Z"})
class CouponsOverHttpTest {
  @LocalServerPort private int port;
  private ApiClient platform;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String plan = "plan-" + mark;

  @BeforeEach
  void catalogue() {
    platform = ApiClient.owner(port);
    platform
        .post(
            "/api/platform/products",
            """
            {"code": "app-%s", "name": "App"}"""
                .formatted(mark))
        .expect(201);
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "app-%s", "name": "Plan",
             "price": {"amount": "150000.00", "currency": "IDR"},
             "setup_fee": {"amount": "30000.00", "currency": "IDR"},
             "interval": {"kind": "ROLLING_DAYS", "days": 30}}"""
                .formatted(plan, mark))
        .expect(201);
  }

  @Test
  void aPercentageIsSplitOverTheLinesAndTheTaxFollows() {
    String code = coupon("\"percent\": \"25\", \"duration\": \"ONCE\"");
    String tenant = tenant();
    subscribe(tenant, code);
    Answer invoices = invoices(tenant);
    // 180000.00 with tax inside, a quarter off: 135000.00, of which 13378.38 is PPN.
    assertThat(invoices.text("/data/0/total/amount")).isEqualTo("135000.00");
    assertThat(invoices.text("/data/0/tax_total/amount")).isEqualTo("13378.38");
    assertThat(invoices.text("/data/0/subtotal/amount")).isEqualTo("162162.16");
    assertThat(invoices.text("/data/0/discount_total/amount")).isEqualTo("40540.54");
    assertThat(invoices.text("/data/0/line_items/0/gross_amount/amount")).isEqualTo("112500.00");
    assertThat(invoices.text("/data/0/line_items/1/gross_amount/amount")).isEqualTo("22500.00");
    pay(invoices.text("/data/0/id"), "135000.00");

    platform.post("/api/test-clock/advance", "{\"by\": \"P24D\"}").expect(200);
    assertThat(invoices(tenant).text("/data/0/total/amount")).isEqualTo("150000.00");
    assertThat(platform.get("/api/platform/coupons/" + code).expect(200).text("/uses"))
        .isEqualTo("1");
  }

  @Test
  void anAmountTakesAtMostWhatThereIs() {
    String code =
        coupon(
            "\"amount\": {\"amount\": \"500000.00\", \"currency\": \"IDR\"},"
                + " \"duration\": \"FOREVER\"");
    String tenant = tenant();
    subscribe(tenant, code);
    Answer invoices = invoices(tenant);
    assertThat(invoices.text("/data/0/total/amount")).isEqualTo("0.00");
    assertThat(invoices.text("/data/0/status")).isEqualTo("PAID");
    assertThat(invoices.text("/data/0/tax_total/amount")).isEqualTo("0.00");
  }

  @Test
  void sixteenAtOnceUseItAsOftenAsItMayBe() throws Exception {
    String code = coupon("\"percent\": \"10\", \"duration\": \"ONCE\", \"max_uses\": 5");
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String tenant = tenant();
      String subscription = subscribe(tenant, null);
      calls.add(
          () ->
              platform
                  .post(
                      "/api/platform/subscriptions/" + subscription + "/coupons",
                      "{\"code\": \"%s\"}".formatted(code))
                  .status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> call : pool.invokeAll(calls)) {
        statuses.add(call.get());
      }
    }
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(5);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(11);
    assertThat(platform.get("/api/platform/coupons/" + code).expect(200).text("/uses"))
        .isEqualTo("5");
    platform
        .post(
            "/api/platform/subscriptions",
            """
            {"tenant_id": "%s", "plan_code": "%s", "coupon_code": "%s"}"""
                .formatted(tenant(), plan, code))
        .expectProblem(409, "coupon.used-up");
  }

  private String coupon(String terms) {
    String code = "C-" + UUID.randomUUID().toString().substring(0, 8);
    platform
        .post("/api/platform/coupons", "{\"code\": \"%s\", %s}".formatted(code, terms))
        .expect(201);
    return code;
  }

  private String tenant() {
    return platform
        .post(
            "/api/platform/tenants",
            """
            {"name": "T", "country": "ID", "currency": "IDR", "billing_time_zone": "Asia/Jakarta",
             "owner_email": "t@example.com"}""")
        .expect(201)
        .text("/id");
  }

  private String subscribe(String tenant, String coupon) {
    return platform
        .post(
            "/api/platform/subscriptions",
            """
            {"tenant_id": "%s", "plan_code": "%s", "coupon_code": %s}"""
                .formatted(tenant, plan, coupon == null ? "null" : "\"" + coupon + "\""))
        .expect(201)
        .text("/id");
  }

  private Answer invoices(String tenant) {
    advance(platform.get("/api/test-clock").expect(200).text("/now"));
    return platform.get("/api/platform/invoices?tenant_id=" + tenant).expect(200);
  }

  private void pay(String invoice, String amount) {
    platform
        .post(
            "/api/platform/invoices/" + invoice + "/payments",
            """
            {"amount": {"amount": "%s", "currency": "IDR"}, "method": "BANK_TRANSFER"}"""
                .formatted(amount))
        .expect(201);
  }

  private void advance(String to) {
    platform.post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(to)).expect(200);
  }
}
