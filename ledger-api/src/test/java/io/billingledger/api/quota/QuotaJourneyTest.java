package io.billingledger.api.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.Scope;
import io.billingledger.view.ViewGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** From the catalogue to a consumption, all through the interface. */
@LedgerTest
class QuotaJourneyTest {
  private static final String QUOTA = "/api/billing/quota";
  private static final String CONSUMPTIONS = "/api/quota/consumptions";
  private static final String THREE_ORDERS =
      """
      {"module": "orders", "metric": "orders", "quantity": "3"}""";

  @LocalServerPort private int port;
  @Autowired private EventProcessingConfiguration processing;

  private ApiClient platform;
  private ApiClient service;
  private String tenant;

  @BeforeEach
  void signUp() {
    platform = ApiClient.owner(port);
    String code = "quota-" + UUID.randomUUID();
    platform
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"ERP\"}".formatted(code))
        .expect(201);
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Starter",
             "price": {"amount": "150000.00", "currency": "IDR"},
             "limits": [{"module": "orders", "metric": "orders", "limit": "10",
                         "enforcement": "HARD_BLOCK"}]}"""
                .formatted(code, code))
        .expect(201);
    tenant =
        platform
            .post(
                "/api/platform/tenants",
                "{\"name\": \"PT Kain Jaya\", \"owner_email\": \"owner@example.com\"}")
            .expect(201)
            .text("/id");
    service = platform.asNew("erp", "service", tenant);
    platform
        .post(
            "/api/platform/subscriptions",
            "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code))
        .expect(201);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.get(QUOTA).text("/write_access_mode").equals("FULL"));
  }

  @Test
  void aHoldIsRespectedAsSoonAsItsPositionIsNamed() {
    assertThat(service.post(CONSUMPTIONS, THREE_ORDERS).expect(201).text("/remaining"))
        .isEqualTo("7");
    String hand = "/api/platform/subscriptions/tenants/" + tenant;
    Answer suspended =
        platform.post(hand + "/suspend", "{\"reason\": \"under review\"}").expect(200);
    service
        .after(suspended)
        .post(CONSUMPTIONS, THREE_ORDERS)
        .expectProblem(403, "tenant.read-only");
    Answer activated = platform.post(hand + "/activate", "{\"reason\": \"fine\"}").expect(200);
    assertThat(service.after(activated).post(CONSUMPTIONS, THREE_ORDERS).expect(201).text("/used"))
        .isEqualTo("6");
  }

  @Test
  void theOwnerIsToldOnceThatALimitIsNearlyAndThatItIsFullyUsed() {
    String one = THREE_ORDERS.replace("3", "1");
    for (int i = 0; i < 3; i++) {
      service.post(CONSUMPTIONS, THREE_ORDERS).expect(201);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> notices().equals(List.of("limit-near")));
    service.post(CONSUMPTIONS, one).expect(201);
    service.post(CONSUMPTIONS, one).expectProblem(409, "quota.exceeded");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> notices().equals(List.of("limit-used", "limit-near")));
  }

  /** Their templates, the latest first. */
  private List<String> notices() {
    List<String> templates = new ArrayList<>();
    platform
        .get("/api/platform/tenants/" + tenant + "/notices")
        .expect(200)
        .json()
        .at("/data")
        .forEach(notice -> templates.add(notice.at("/template").asString()));
    return templates;
  }

  @Test
  void aRebuiltViewSaysTheSameAndCountersStay() {
    service.post(CONSUMPTIONS, THREE_ORDERS).expect(201);
    String before = service.get(QUOTA).expect(200).raw();
    StreamingEventProcessor view =
        processing
            .eventProcessor(ViewGroups.VIEWS, StreamingEventProcessor.class)
            .orElseThrow(() -> new AssertionError("no processor of the quota view"));
    view.shutDown();
    try {
      Scope.allTenants(() -> view.resetTokens());
      service.get(QUOTA).expectProblem(503, "quota.rebuilding");
      service.post(CONSUMPTIONS, THREE_ORDERS).expectProblem(503, "quota.rebuilding");
    } finally {
      view.start();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(service.get(QUOTA).raw()).isEqualTo(before));
    assertThat(service.post(CONSUMPTIONS, THREE_ORDERS).expect(201).text("/used")).isEqualTo("6");
    assertThat(service.get(QUOTA).text("/order_quota/used")).isEqualTo("6");
  }
}
