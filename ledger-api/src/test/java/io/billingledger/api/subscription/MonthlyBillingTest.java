package io.billingledger.api.subscription;

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

/** A month computed from what was reported: fee, meters, overage; nothing is kept (P09-P12). */
@LedgerTest
class MonthlyBillingTest {
  private static final String LICENCE =
      "{\"module\": \"financials\", \"metric\": \"automated_billing\", \"limit\": %s}";

  @LocalServerPort private int port;
  private ApiClient platform;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void platform() {
    platform = ApiClient.owner(port);
    platform
        .post("/api/platform/products", "{\"code\": \"app-%s\", \"name\": \"App\"}".formatted(mark))
        .expect(201);
  }

  @Test
  void feeMetersAndOverageTogether() {
    String tenant = subscribed(LICENCE.formatted("null"));
    Answer before = firstInvoice(tenant);
    Answer billed = bill(tenant, "2026-03").expect(200);
    assertThat(billed.json().at("/skipped").asBoolean()).isFalse();
    assertThat(billed.text("/fee/amount")).isEqualTo("300000.00"); // two seats
    assertThat(billed.text("/items/0/metric")).isEqualTo("api_calls");
    assertThat(billed.text("/items/0/amount/amount")).isEqualTo("18000.00"); // 900 of 1000
    assertThat(billed.text("/items/1/metric")).isEqualTo("storage/gb");
    assertThat(billed.text("/items/1/amount/amount")).isEqualTo("7500.00"); // 5 over 10
    assertThat(billed.text("/total/amount")).isEqualTo("325500.00");
    assertThat(billed.json().at("/items/0/explanation").isEmpty()).isFalse();
    bill(tenant, "2026-03").expect(200);
    assertThat(invoices(tenant).json()).isEqualTo(before.json());
  }

  @Test
  void withoutTheLicenceNothingIsCharged() {
    for (String limits : new String[] {"", LICENCE.formatted("\"0\"")}) {
      Answer billed = bill(subscribed(limits), "2026-03").expect(200);
      assertThat(billed.json().at("/skipped").asBoolean()).isTrue();
      assertThat(billed.text("/reason")).contains("financials:automated_billing");
      assertThat(billed.text("/total/amount")).isEqualTo("0.00");
      assertThat(billed.json().at("/items")).isEmpty();
    }
  }

  @Test
  void theMonthIsAMonth() {
    bill(subscribed(LICENCE.formatted("null")), "March").expectProblem(400, "request.invalid");
  }

  /** The one that the subscription itself brings, a little later. */
  private Answer firstInvoice(String tenant) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> invoices(tenant), found -> !found.json().at("/data").isEmpty());
  }

  private Answer invoices(String tenant) {
    return platform.get("/api/platform/invoices?tenant_id=" + tenant).expect(200);
  }

  private Answer bill(String tenant, String month) {
    return platform.post(
        "/api/platform/tenants/" + tenant + "/monthly-billing",
        """
        {"month": "%s", "metrics": [{"metric": "api_calls", "quantity": "1000"},
                                    {"metric": "storage/gb", "quantity": "15"}]}"""
            .formatted(month));
  }

  private String subscribed(String licence) {
    String plan = "plan-" + UUID.randomUUID().toString().substring(0, 8);
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "app-%s", "name": "Plan",
             "price": {"amount": "150000.00", "currency": "IDR"},
             "meters": [{"metric_code": "api_calls", "pricing_model": "METERED",
                         "unit_price": "20.00", "included_units": "100"}],
             "limits": [{"module": "storage", "metric": "gb", "limit": "10",
                         "enforcement": "OVERAGE_CHARGE", "overage_unit_price": "1500.00"}%s]}"""
                .formatted(plan, mark, licence.isEmpty() ? "" : ", " + licence))
        .expect(201);
    String tenant =
        platform
            .post(
                "/api/platform/tenants",
                """
                {"name": "T", "country": "ID", "currency": "IDR",
                 "billing_time_zone": "Asia/Jakarta", "owner_email": "t@example.com"}""")
            .expect(201)
            .text("/id");
    Answer subscription =
        platform
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\", \"quantity\": 2}"
                    .formatted(tenant, plan))
            .expect(201);
    platform.after(subscription).get("/api/platform/tenants/" + tenant).expect(200);
    return tenant;
  }
}
