package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.Scope;
import io.billingledger.view.ViewGroups;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Given a fault in the books, it is found, is somebody's, and closes when it is gone. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.reconciliation.every=0s",
      "ledger.reconciliation.patience=5s"
    })
@ContextConfiguration(initializers = TestDatabase.class)
class BreaksTest {
  private static final String USAGE = "usage-accepted-is-rated-late-or-rejected";
  private static final String LAG = "views-and-sagas-follow";
  private static final List<String> TABLES =
      List.of(
          "view_revenue_line",
          "view_invoice",
          "view_credit_movement",
          "view_subscription_cycle",
          "view_tenant",
          "view_journal_sum",
          "view_journal_posting",
          "usage_rebill_due",
          "dead_letters");

  @LocalServerPort private int port;
  @Autowired private EventProcessingConfiguration processing;

  @Value("${spring.datasource.url}")
  private String url;

  @Test
  void everyFaultIsFoundAndClosesWhenItIsGone() throws SQLException {
    BooksScene scene = new BooksScene(port);
    String subscription = scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    String tenant = scene.tenant();
    String invoice = scene.invoices().getFirst();
    String number = scene.invoice(invoice).text("/invoice_number");
    scene.pay(invoice, "40.00", "USD");
    scene.toNextMonth();
    Map<String, String> clean = evaluate(scene);
    assertThat(clean).hasSizeGreaterThan(18).allSatisfy((name, ids) -> assertThat(ids).isEmpty());

    Map<String, String> faults = new LinkedHashMap<>();
    faults.put(
        "deferred-and-recognised-equal-invoiced",
        "UPDATE view_revenue_line SET amount = amount + 1 WHERE invoice_id = '%s'"
            .formatted(invoice));
    faults.put(
        "cash-equals-payments-less-refunds",
        "UPDATE view_invoice SET payments = '[]' WHERE invoice_id = '%s'".formatted(invoice));
    faults.put(
        "customer-credit-equals-balances",
        "UPDATE view_credit_movement SET balance = 3 WHERE tenant_id = '%s'".formatted(tenant));
    faults.put(
        "unapplied-credit-not-negative",
        "UPDATE view_credit_movement SET balance = -1 WHERE tenant_id = '%s'".formatted(tenant));
    faults.put(
        "series-complete",
        "UPDATE view_invoice SET invoice_number = regexp_replace(invoice_number, '[0-9]+$',"
            + " '000999') WHERE invoice_number = '%s'".formatted(number));
    faults.put(
        "one-open-cycle",
        "UPDATE view_subscription_cycle SET closed_at = now() WHERE subscription_id = '%s'"
            .formatted(subscription));
    faults.put(
        "suspensions-have-a-cause",
        """
        UPDATE view_tenant SET holds = '[{"key": "manual", "kind": "MANUAL", "placed_by": "x"}]'
        WHERE tenant_id = '%s'"""
            .formatted(tenant));
    faults.put(
        "gateway-money-settled",
        "INSERT INTO view_journal_sum SELECT legal_entity_id, 'CLEARING', 'example',"
            + " currency_code, accounting_date, shard, 5, 0, posted_on FROM view_journal_sum LIMIT 1");
    faults.put(
        "sums-equal-postings",
        "UPDATE view_journal_sum SET debit = debit + 1 WHERE account = 'CASH'");
    faults.put(
        "no-parked-events",
        "INSERT INTO dead_letters (processing_group, sequence, global_index, event_identifier,"
            + " aggregate_identifier, sequence_number, event_name, attempts, parked_at)"
            + " VALUES ('sagas.none', '%s', 1, 'event', 'x', 1, 'x', 1, now())".formatted(tenant));
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      save();
      owner(fault.getValue());
      Map<String, String> found = evaluate(scene);
      assertThat(found.get(fault.getKey())).as(fault.getKey()).isNotEmpty();
      restore();
      assertThat(evaluate(scene)).as("after " + fault.getKey()).isEqualTo(clean);
      JsonNode was =
          scene
              .platform
              .get("/api/finance/reconciliation/breaks?invariant=" + fault.getKey())
              .expect(200)
              .json()
              .at("/data/0");
      assertThat(was.at("/status").asString()).as(fault.getKey()).isEqualTo("CLOSED");
      assertThat(was.at("/closed_at").asString()).isNotEmpty();
      assertThat(history(scene.platform, was.at("/id").asString()))
          .as("history of " + fault.getKey())
          .containsExactly("break.found", "break.closed");
    }
  }

  @Test
  void whoStaysBehindIsFoundUntilItHasFollowed() {
    BooksScene scene = new BooksScene(port);
    StreamingEventProcessor views =
        processing.eventProcessor(ViewGroups.VIEWS, StreamingEventProcessor.class).orElseThrow();
    Scope.allTenants(views::shutDown);
    try {
      scene
          .platform
          .post(
              "/api/finance/chart/accounts",
              "{\"account\": \"OTHER_ASSET\", \"detail\": \"desks\", \"number\": \"1910\", \"name\": \"Desks\"}")
          .expect(200);
      assertThat(evaluate(scene).get(LAG)).isEqualTo("1");
    } finally {
      Scope.allTenants(views::start);
    }
    scene.settle();
    assertThat(evaluate(scene).get(LAG)).isEmpty();
    JsonNode was =
        scene
            .platform
            .get("/api/finance/reconciliation/breaks?invariant=" + LAG)
            .expect(200)
            .json()
            .at("/data/0");
    assertThat(was.at("/status").asString()).isEqualTo("CLOSED");
    assertThat(was.at("/subject_id").asString()).isEqualTo("processors");
    assertThat(history(scene.platform, was.at("/id").asString()))
        .containsExactly("break.found", "break.closed");
  }

  /**
   * Used in a closed month: two calls of which one was taken back, one that came late, one of
   * something that nothing charges for.
   */
  @Test
  void usageThatIsCountedNowhereIsFound() throws SQLException {
    String name = USAGE;
    BooksScene scene = new BooksScene(port);
    String subscription =
        scene.subscribe(
            scene.plan(
                "\"price\": %s, \"meters\": [%s]"
                    .formatted(usd("30.00"), meter("CREDIT_AND_REBILL"))));
    String tenant = scene.tenant();
    scene.pay(scene.invoices().getFirst(), "30.00", "USD");
    ApiClient owner = scene.platform.asNew("ann-" + tenant, "owner", tenant);
    String first = used(owner, "calls", "5", scene.now());
    String second = used(owner, "calls", "7", scene.now());
    owner.post("/api/usage/%s/reverse".formatted(second), null).expect(200);
    used(owner, "looks", "3", scene.now());
    Instant then = scene.now();
    scene.advanceTo(scene.today().plusDays(33));
    String late = used(owner, "calls", "2", then);
    scene.settle();
    Map<String, String> clean = evaluate(scene);
    assertThat(clean).containsEntry(name, "");

    save();
    owner(
        "UPDATE view_invoice SET lines = replace(lines, '\"records\":3', '\"records\":2')"
            + " WHERE tenant_id = '%s'".formatted(tenant));
    assertThat(evaluate(scene)).as("a line counts less").containsEntry(name, "1");
    Answer found =
        scene
            .platform
            .get("/api/finance/reconciliation/breaks?status=OPEN&invariant=" + name)
            .expect(200);
    assertThat(found.text("/data/0/subject_id")).startsWith(subscription + "/").endsWith("/calls");
    assertThat(found.text("/data/0/tenant_id")).isEqualTo(tenant);
    assertThat(found.text("/data/0/mark")).as("records and quantity").isEqualTo("3/2/5/5");
    restore();
    assertThat(evaluate(scene)).isEqualTo(clean);

    save();
    owner("DELETE FROM usage_rebill_due WHERE tenant_id = '%s'".formatted(tenant));
    assertThat(evaluate(scene)).as("nobody bills what came late").containsEntry(name, "1");
    assertThat(
            scene
                .platform
                .get("/api/finance/reconciliation/breaks?status=OPEN&invariant=" + name)
                .expect(200)
                .text("/data/0/subject_id"))
        .isEqualTo(late);
    restore();
    assertThat(evaluate(scene)).isEqualTo(clean);

    // Accepted in time and not billed; who counts each record once does not see it, a run does.
    owner(
        "INSERT INTO usage_fact SELECT tenant_id, position + 1, 'usg_01J9ZQ3V6X8Y5W2K7M4N1P0R3T',"
            + " recorded_at, actor, 'lost', subscription_id, named, product_code, module, metric,"
            + " quantity, used_at, properties, reverses, replaces, cycle_no, plan_code,"
            + " plan_version, overage, false, late, rebill_to FROM usage_fact WHERE id = '%s'"
                .formatted(first));
    assertThat(scene.broken()).singleElement().asString().startsWith(name + ": [" + subscription);
    assertThat(evaluate(scene)).as("as the run left it").containsEntry(name, "1");
    owner(
        "BEGIN; ALTER TABLE usage_fact DISABLE TRIGGER history_is_final;"
            + " DELETE FROM usage_fact WHERE idempotency_key = 'lost';"
            + " ALTER TABLE usage_fact ENABLE TRIGGER history_is_final; COMMIT");
    assertThat(scene.broken()).isEmpty();
    scene.advanceTo(scene.today().plusDays(1));
    scene.everythingAgrees();
    assertThat(owner.get("/api/usage/" + late).expect(200).text("/fate/state")).isEqualTo("RATED");
    assertThat(evaluate(scene)).containsEntry(name, "");
  }

  /**
   * Two months of usage by meters of every kind: grouped, filtered, taken back in its own month and
   * after it, late, and of a limit that charges.
   */
  @Test
  void everyWayOfCountingUsageAgrees() throws SQLException {
    BooksScene scene = new BooksScene(port);
    String counter = "\"type\": \"COUNTER\", \"aggregation\": ";
    List<String> meters =
        List.of(
            kind("sum", counter + "\"SUM\", \"group_by\": [\"region\"]"),
            kind(
                "some",
                counter
                    + "\"SUM\", \"filters\": [{\"property\": \"region\","
                    + " \"values\": [\"eu\"], \"exclude\": true}]"),
            kind(
                "few",
                counter
                    + "\"COUNT\", \"filters\": [{\"property\": \"region\","
                    + " \"values\": [\"eu\"]}]"),
            kind("users", counter + "\"UNIQUE_COUNT\", \"aggregation_property\": \"region\""),
            kind("most", counter + "\"MAX\""),
            kind("level", "\"type\": \"GAUGE\", \"aggregation\": \"LAST\""),
            kind("seats", counter + "\"TIME_WEIGHTED\""),
            """
            {"metric_code": "sales", "name": "Sales", "type": "COUNTER", "aggregation": "SUM",
             "late_usage": "NEXT_PERIOD_CORRECTION", "pricing_model": "PERCENTAGE",
             "rate_percent": "2"}""");
    String plan =
        scene.plan(
            """
            "price": %s, "meters": [%s], "limits": [{"module": "orders", "metric": "orders",
            "limit": "1", "enforcement": "OVERAGE_CHARGE", "overage_unit_price": "0.50"}]"""
                .formatted(usd("30.00"), String.join(", ", meters)));
    scene.subscribe(plan);
    String tenant = scene.tenant();
    scene.pay(scene.invoices().getFirst(), "30.00", "USD");
    ApiClient owner = scene.platform.asNew("ann-" + tenant, "owner", tenant);
    ApiClient service = scene.platform.asNew("shop-" + tenant, "service", tenant);
    List<String> metrics =
        List.of("sum", "some", "few", "users", "most", "level", "seats", "sales", "nothing");
    Instant first = scene.now();
    List<String> additive = new ArrayList<>();
    for (String metric : metrics) {
      for (String region : List.of("eu", "us", "us")) {
        String id = used(owner, metric, "4", scene.now(), region);
        if (region.equals("us") && List.of("sum", "some", "few", "sales").contains(metric)) {
          additive.add(id);
        }
      }
      String wrong = used(owner, metric, "9", scene.now(), "eu");
      owner.post("/api/usage/%s/reverse".formatted(wrong), null).expect(200);
    }
    for (int i = 0; i < 3; i++) {
      service
          .post(
              "/api/quota/consumptions",
              "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"1\"}")
          .expect(201);
    }
    scene.advanceTo(scene.today().plusDays(33));
    assertThat(evaluate(scene)).containsEntry(USAGE, "");
    scene.pay(scene.invoices().getFirst(), due(scene), "USD");
    for (String metric : metrics) {
      used(owner, metric, "3", first, "eu");
      used(owner, metric, "2", scene.now(), "us");
    }
    for (String id : additive) {
      owner.post("/api/usage/%s/reverse".formatted(id), null).expect(200);
    }
    scene.advanceTo(scene.today().plusDays(33));
    assertThat(evaluate(scene)).containsEntry(USAGE, "");
    scene.everythingAgrees();

    save();
    owner(
        "UPDATE view_invoice SET lines = regexp_replace(lines, '\"records\":[0-9]+',"
            + " '\"records\":99', 'g') WHERE tenant_id = '%s'".formatted(tenant));
    assertThat(evaluate(scene))
        .as("eight meters and a limit in the first month, the meters again in the second")
        .containsEntry(USAGE, "17");
    restore();
    assertThat(evaluate(scene)).containsEntry(USAGE, "");
  }

  private static String due(BooksScene scene) {
    return scene.invoice(scene.invoices().getFirst()).text("/amount_due/amount");
  }

  private static String kind(String metric, String counting) {
    return """
        {"metric_code": "%s", "name": "%s", %s, "late_usage": "NEXT_PERIOD_CORRECTION",
         "pricing_model": "METERED", "unit_price": "0.10"}"""
        .formatted(metric, metric, counting);
  }

  private static String used(
      ApiClient owner, String metric, String quantity, Instant at, String region) {
    return owner
        .post(
            "/api/usage",
            """
            {"metric": "%s", "quantity": "%s", "timestamp": "%s", "properties": {"region": "%s"}}"""
                .formatted(metric, quantity, at, region))
        .expect(201)
        .text("/usage/id");
  }

  private static String meter(String late) {
    return """
        {"metric_code": "calls", "name": "Calls", "type": "COUNTER", "aggregation": "SUM",
         "late_usage": "%s", "pricing_model": "METERED", "unit_price": "0.10"}"""
        .formatted(late);
  }

  private static String used(ApiClient owner, String metric, String quantity, Instant at) {
    return owner
        .post(
            "/api/usage",
            "{\"metric\": \"%s\", \"quantity\": \"%s\", \"timestamp\": \"%s\"}"
                .formatted(metric, quantity, at))
        .expect(201)
        .text("/usage/id");
  }

  @Test
  void aBreakIsSomebodysAndIsExplainedOrResolved() throws SQLException {
    BooksScene scene = new BooksScene(port);
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    String invoice = scene.invoices().getFirst();
    ApiClient sari = scene.platform.asNew("sari", "finance", null);
    save();
    String fault =
        "UPDATE view_revenue_line SET amount = amount + 1 WHERE invoice_id = '%s'"
            .formatted(invoice);
    owner(fault);
    evaluate(scene);
    Answer all = sari.get("/api/finance/reconciliation/breaks?status=OPEN").expect(200);
    assertThat(all.text("/data/0/subject_id")).isEqualTo(invoice);
    assertThat(all.text("/data/0/tenant_id")).isEqualTo(scene.tenant());
    assertThat(all.text("/data/0/amount")).isEqualTo("-1.00");
    String path = "/api/finance/reconciliation/breaks/" + all.text("/data/0/id");
    String since = all.text("/data/0/first_seen");

    sari.post(path + "/assign", "{\"owner\": \"budi\"}").expect(200);
    sari.post(path + "/explain", "{\"explanation\": \"a test\"}").expect(200);
    scene.settle();
    evaluate(scene);
    evaluate(scene);
    Answer explained = sari.get(path).expect(200);
    assertThat(explained.text("/status")).isEqualTo("EXPLAINED");
    assertThat(explained.text("/owner")).isEqualTo("budi");
    assertThat(explained.text("/said_by")).isEqualTo("sari");
    assertThat(explained.text("/first_seen")).as("the same break").isEqualTo(since);
    sari.post(path + "/resolve", "{\"explanation\": \"put right\"}").expect(200);
    scene.settle();
    assertThat(sari.get(path).expect(200).text("/status")).isEqualTo("RESOLVED");
    restore();
    evaluate(scene);
    assertThat(sari.get(path).expect(200).text("/status")).isEqualTo("CLOSED");

    scene.advanceTo(scene.today().plusDays(1));
    save();
    owner(fault);
    evaluate(scene);
    Answer again = sari.get(path).expect(200);
    assertThat(again.text("/status")).as("what was said is of the first time").isEqualTo("OPEN");
    assertThat(again.text("/first_seen")).isGreaterThan(since);
    restore();
    evaluate(scene);
    assertThat(history(scene.platform, all.text("/data/0/id")))
        .containsExactly(
            "break.found",
            "break.assigned",
            "break.explained",
            "break.resolved",
            "break.closed",
            "break.found",
            "break.closed");
    JsonNode found =
        scene
            .platform
            .get("/api/audit/streams/" + all.text("/data/0/id"))
            .expect(200)
            .json()
            .at("/data/0");
    assertThat(found.at("/payload/since").asString()).isEqualTo(since);
    assertThat(found.at("/payload/subject_id").asString()).isEqualTo(invoice);
    assertThat(found.at("/payload/amount").asString()).isEqualTo("-1.00");
    assertThat(found.at("/payload/mark").asString()).isEqualTo("30.00/31.00");
    assertThat(scene.platform.get("/api/finance/entries").expect(200).raw())
        .as("a break moves no money")
        .doesNotContain("break.");
  }

  /**
   * As when the process died after a break was kept and before history was told, and as when
   * history was told and that was not kept.
   */
  @Test
  void historyIsToldOnceWhoeverDiesInBetween() throws SQLException {
    BooksScene scene = new BooksScene(port);
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    save();
    owner(
        "UPDATE view_revenue_line SET amount = amount + 1 WHERE invoice_id = '%s'"
            .formatted(scene.invoices().getFirst()));
    evaluate(scene);
    String id =
        scene
            .platform
            .get("/api/finance/reconciliation/breaks?status=OPEN")
            .expect(200)
            .text("/data/0/id");
    assertThat(history(scene.platform, id)).containsExactly("break.found");
    owner("UPDATE reconciliation_break SET told_found = NULL WHERE break_id = '%s'".formatted(id));
    evaluate(scene);
    assertThat(history(scene.platform, id)).as("known already").containsExactly("break.found");
    restore();
    owner(
        "UPDATE reconciliation_break SET told_found = NULL, closed_at = now() WHERE break_id = '%s'"
            .formatted(id));
    evaluate(scene);
    evaluate(scene);
    assertThat(history(scene.platform, id)).containsExactly("break.found", "break.closed");
  }

  private static List<String> history(ApiClient platform, String id) {
    List<String> types = new ArrayList<>();
    platform
        .get("/api/audit/streams/" + id)
        .expect(200)
        .json()
        .at("/data")
        .forEach(event -> types.add(event.at("/type").asString()));
    return types;
  }

  /** By invariant, what is broken; as it is kept. */
  private static Map<String, String> evaluate(BooksScene scene) {
    scene.platform.post("/api/finance/reconciliation/evaluate", null).expect(200);
    Map<String, String> found = new TreeMap<>();
    scene
        .platform
        .get("/api/finance/reconciliation")
        .expect(200)
        .json()
        .at("/invariants")
        .forEach(
            each ->
                found.put(
                    each.at("/name").asString(),
                    each.at("/status").asString().equals("OK")
                        ? ""
                        : each.at("/count").asString()));
    return found;
  }

  private void save() throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String table : TABLES) {
      statements.add("DROP TABLE IF EXISTS saved_" + table);
      statements.add("CREATE TABLE saved_%1$s AS SELECT * FROM %1$s".formatted(table));
    }
    owner(String.join(";", statements));
  }

  private void restore() throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String table : TABLES) {
      statements.add("DELETE FROM " + table);
      statements.add("INSERT INTO %1$s SELECT * FROM saved_%1$s".formatted(table));
      statements.add("DROP TABLE saved_" + table);
    }
    owner("BEGIN;" + String.join(";", statements) + ";COMMIT");
  }

  private void owner(String sql) throws SQLException {
    try (Connection connection = TestDatabase.asOwner(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
