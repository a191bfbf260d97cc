package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.Scope;
import io.billingledger.view.ViewGroups;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The rows of a view are a fold of events: made again, they are the same. */
@LedgerTest
class ViewReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of(
          "view_product",
          "view_plan",
          "view_plan_version",
          "view_plan_limit",
          "view_plan_change_rule",
          "view_tenant",
          "view_tenant_provisioning",
          "view_subscription",
          "view_subscription_cycle");

  @LocalServerPort int port;

  @Value("${spring.datasource.url}")
  String url;

  @Autowired EventProcessingConfiguration processing;

  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void rowsMadeAgainAreTheSame() throws SQLException {
    ApiClient platform = ApiClient.owner(port);
    platform.post("/api/platform/products", "{\"code\": \"p-%s\", \"name\": \"P\"}".formatted(run));
    String plan =
        platform
            .post(
                "/api/platform/plans",
                """
                {"code": "basic-%s", "product_code": "p-%s", "name": "Basic", "trial_days": 3,
                 "price": {"amount": "150000.00", "currency": "IDR"},
                 "limits": [{"module": "orders", "metric": "orders", "limit": "100.50"}],
                 "change_rules": [{"to_plan_code": "x", "timing": "END_OF_TERM"}]}"""
                    .formatted(run, run))
            .expect(201)
            .text("/id");
    platform
        .post("/api/platform/plans/basic-" + run + "/versions", "{\"valid_from\": \"2099-01-01\"}")
        .expect(201);
    String tenant =
        platform
            .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
            .expect(201)
            .text("/id");
    Answer subscription =
        platform
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"basic-%s\"}".formatted(tenant, run))
            .expect(201);
    Answer last =
        platform
            .post(
                "/api/platform/subscriptions/tenants/" + tenant + "/suspend",
                "{\"reason\": \"to be seen again\"}")
            .expect(200);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                platform
                    .after(last)
                    .get("/api/platform/subscriptions/" + subscription.text("/id"))
                    .text("/provisioning_status")
                    .equals("DONE"));
    await().atMost(PATIENCE).until(() -> rows(tenant, plan).equals(rowsAfterAWhile(tenant, plan)));

    Map<String, String> live = rows(tenant, plan);
    assertThat(live).doesNotContainValue(null);
    rebuild(ViewGroups.VIEWS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(tenant, plan)).isEqualTo(live));
  }

  private void rebuild(String group) {
    var processor = processing.eventProcessor(group, StreamingEventProcessor.class).orElseThrow();
    processor.shutDown();
    Scope.allTenants(
        () -> {
          processor.resetTokens();
        });
    processor.start();
  }

  private Map<String, String> rowsAfterAWhile(String tenant, String plan) throws Exception {
    Thread.sleep(1000);
    return rows(tenant, plan);
  }

  private Map<String, String> rows(String tenant, String plan) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Connection owner = TestDatabase.asOwner(url)) {
      for (String table : TABLES) {
        try (var query =
            owner.prepareStatement(
                "SELECT string_agg((to_jsonb(t) - 'position' - 'created_position')::text, E'\\n' ORDER BY t::text) FROM "
                    + table
                    + " t WHERE t::text LIKE ? OR t::text LIKE ? OR t::text LIKE ?")) {
          query.setString(1, "%" + tenant + "%");
          query.setString(2, "%" + plan + "%");
          query.setString(3, "%p-" + run + "%");
          var answer = query.executeQuery();
          answer.next();
          rows.put(table, answer.getString(1));
        }
      }
    }
    return rows;
  }
}
