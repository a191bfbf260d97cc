package io.billingledger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.RunId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * Runs catch up what lost deadlines left undone, and a reconciliation finds the faults that the
 * last test seeds. The clock is the application's own: it stands still unless a test moves it.
 */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.runs.threads=2"
    })
@ContextConfiguration(initializers = TestDatabase.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsTest {
  @LocalServerPort private int port;

  @Value("${spring.datasource.url}")
  private String url;

  private record Customer(String tenant, String subscription, String invoice) {}

  @Test
  @Order(1)
  void renewalsPreviewAndCatchUp() throws SQLException {
    List<Customer> customers = customers(3);
    customers.forEach(customer -> pay(customer.invoice()));
    settle();
    loseDeadlines(customers);
    Instant inTime = now().plus(Duration.ofDays(24));

    platform()
        .post("/api/platform/runs/renewals", body(inTime, false, customers))
        .expectProblem(422, "run.as-of-in-future");
    Answer preview = finished(ask("renewals", body(inTime, true, customers)));
    assertThat(outcomes(preview)).containsOnly(Map.entry("WOULD_DO", 3L));
    assertThat(preview.text("/report/0/detail")).contains("invoice.issued", "150000.00");
    assertThat(preview.text("/total")).isEqualTo("3");
    customers.forEach(customer -> assertThat(invoices(customer)).hasSize(1));

    advance("P24D");
    customers.forEach(customer -> assertThat(invoices(customer)).hasSize(1));
    Answer one = ask("renewals", body(null, false, customers));
    Answer other = ask("renewals", body(null, false, customers));
    one = finished(one);
    other = finished(other);
    assertThat(outcomes(one).getOrDefault("DONE", 0L) + outcomes(other).getOrDefault("DONE", 0L))
        .isEqualTo(3);
    assertThat(one.text("/failed") + other.text("/failed")).isEqualTo("00");
    settle();
    customers.forEach(customer -> assertThat(invoices(customer)).hasSize(2));
    assertThat(finished(ask("renewals", body(null, false, customers))).text("/total"))
        .isEqualTo("0");
    assertThat(clean()).allSatisfy((name, ids) -> assertThat(ids).as(name).isEmpty());

    Answer stream =
        platform().get("/api/audit/streams/" + customers.getFirst().subscription()).expect(200);
    assertThat(stream.json().at("/digests_hold").booleanValue()).isTrue();
    JsonNode requested =
        StreamSupport.stream(stream.json().at("/data").spliterator(), false)
            .filter(event -> event.at("/type").asString().endsWith("cycle-invoice-requested"))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(requested.at("/actor").asString()).isEqualTo("system:renewal-run");
    assertThat(requested.at("/correlation_id").asString()).isIn(one.text("/id"), other.text("/id"));
  }

  @Test
  @Order(2)
  void dunningCatchesUp() throws SQLException {
    List<Customer> customers = customers(2);
    settle();
    loseDeadlines(customers);
    advance("P8D");
    Answer run = finished(ask("dunning", body(null, false, customers)));
    assertThat(outcomes(run)).containsOnly(Map.entry("DONE", 2L));
    assertThat(run.text("/report/0/detail")).contains("collection.stage-reached PAST_DUE");
    settle();
    Answer tenant =
        platform()
            .get("/api/platform/tenants/%s/holds".formatted(customers.getFirst().tenant()))
            .expect(200);
    assertThat(tenant.raw()).contains("DUNNING");
    Answer again = finished(ask("dunning", body(null, false, customers)));
    assertThat(outcomes(again)).containsOnly(Map.entry("NOTHING_DUE", 2L));
    assertThat(clean()).allSatisfy((name, ids) -> assertThat(ids).as(name).isEmpty());
  }

  @Test
  @Order(3)
  void aRenewalIsMissingOnlyAWhileAfterItWasDue() throws SQLException {
    List<Customer> customers = customers(1);
    Customer customer = customers.getFirst();
    pay(customer.invoice());
    settle();
    loseDeadlines(customers);
    Answer subscription =
        platform().get("/api/platform/subscriptions/" + customer.subscription()).expect(200);
    Instant due =
        LocalDate.parse(subscription.text("/current_period_end"))
            .minusDays(7)
            .atStartOfDay(ZoneId.of("Asia/Jakarta"))
            .toInstant();
    advanceTo(due.plusSeconds(60));
    assertThat(clean().get("renewals-due-and-missing")).isEmpty();
    advanceTo(due.plus(Duration.ofMinutes(11)));
    assertThat(clean().get("renewals-due-and-missing")).containsExactly(customer.subscription());
    finished(ask("renewals", body(null, false, customers)));
    settle();
    assertThat(clean()).allSatisfy((name, ids) -> assertThat(ids).as(name).isEmpty());
  }

  @Test
  @Order(4)
  void whatAKilledProcessLeftGoesOnAndFailuresStandInTheReport() throws SQLException {
    Customer customer = customers(1).getFirst();
    SubscriptionId unknown = SubscriptionId.next();
    RunId run = RunId.next();
    owner(
        """
        INSERT INTO run_item SELECT '%s', no, '%s', subject, 0, outcome, NULL
          FROM (VALUES (1, '%s', NULL), (2, '%s', NULL), (3, 'gone', 'DONE'))
            AS items (no, subject, outcome);
        INSERT INTO run (run_id, kind, status, as_of, dry_run, requested_by, requested_at, total)
          VALUES ('%s', 'RENEWALS', 'RUNNING', now(), false, 'x', now(), 3)
        """
            .formatted(run, customer.tenant(), unknown, customer.subscription(), run));
    Answer report = finished(run.value());
    assertThat(report.text("/done")).isEqualTo("3");
    assertThat(report.text("/failed")).isEqualTo("1");
    assertThat(outcomes(report)).containsOnlyKeys("FAILED", "NOTHING_DUE", "DONE");
    assertThat(report.text("/report/0/outcome")).isEqualTo("FAILED");
    assertThat(report.text("/report/0/detail")).isNotBlank();
    Answer page = platform().get("/api/platform/runs/%s?limit=2".formatted(run)).expect(200);
    assertThat(page.json().at("/report")).hasSize(2);
    Answer rest =
        platform()
            .get(
                "/api/platform/runs/%s?limit=2&cursor=%s".formatted(run, page.text("/next_cursor")))
            .expect(200);
    assertThat(rest.text("/report/0/subject_id")).isEqualTo("gone");
  }

  @Test
  @Order(5)
  void aRunIsStopped() throws SQLException {
    RunId run = RunId.next();
    owner(
        """
        INSERT INTO run (run_id, kind, status, as_of, dry_run, requested_by, requested_at, total,
            stop_wanted_by)
          VALUES ('%s', 'RENEWALS', 'RUNNING', now(), false, 'x', now(), 1, 'budi');
        """
            .formatted(run));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> runOf(run.value()).text("/status").equals("STOPPED"));
    assertThat(runOf(run.value()).text("/detail")).isEqualTo("stopped by budi");
    platform().post("/api/platform/runs/%s/stop".formatted(run), null).expect(200);
    platform()
        .post("/api/platform/runs/%s/stop".formatted(RunId.next()), null)
        .expectProblem(404, "run.unknown");
  }

  @Test
  @Order(6)
  void aReconciliationFindsEveryFault() throws SQLException {
    List<Customer> customers = customers(8);
    customers.subList(0, 3).forEach(customer -> pay(customer.invoice()));
    settle();
    assertThat(clean()).allSatisfy((name, ids) -> assertThat(ids).as(name).isEmpty());

    Customer balance = customers.get(0);
    Customer renewal = customers.get(1);
    Customer ended = customers.get(2);
    Customer receivable = customers.get(3);
    Customer total = customers.get(4);
    Customer due = customers.get(5);
    Customer twice = customers.get(6);
    Customer held = customers.get(7);
    String entry =
        one(
            "SELECT min(entry_id) FROM view_journal_entry WHERE invoice_id = '%s'"
                .formatted(balance.invoice()));
    owner("ALTER TABLE view_journal_posting DISABLE TRIGGER USER");
    owner(
        "UPDATE view_journal_posting SET amount = amount + 1 WHERE entry_id = '%s' AND line_no = 2"
            .formatted(entry));
    owner("ALTER TABLE view_journal_posting ENABLE TRIGGER USER");
    owner(
        "UPDATE view_subscription SET period_end = period_end - 26 WHERE subscription_id = '%s'"
            .formatted(renewal.subscription()));
    owner(
        "UPDATE view_subscription_cycle SET period_end = period_start WHERE subscription_id = '%s'"
            .formatted(ended.subscription()));
    owner("DELETE FROM view_invoice WHERE invoice_id = '%s'".formatted(ended.invoice()));
    owner(
        "DELETE FROM view_journal_posting WHERE entry_id IN"
            + " (SELECT entry_id FROM view_journal_entry WHERE invoice_id = '%s')"
                .formatted(receivable.invoice()));
    owner(
        "UPDATE view_invoice SET tax_total = tax_total + 5 WHERE invoice_id = '%s'"
            .formatted(total.invoice()));
    owner(
        "UPDATE view_invoice SET amount_credited = 7 WHERE invoice_id = '%s'"
            .formatted(due.invoice()));
    owner(
        """
        CREATE TEMPORARY TABLE again AS SELECT * FROM view_invoice WHERE invoice_id = '%s';
        UPDATE again SET invoice_id = 'inv_again';
        INSERT INTO view_invoice SELECT * FROM again
        """
            .formatted(twice.invoice()));
    owner(
        """
        UPDATE view_tenant SET holds = json_build_array(json_build_object('key', '%s',
          'kind', 'DUNNING', 'invoice_id', '%s', 'placed_by', 'x',
          'since', now() - interval '1 day'))
        WHERE tenant_id = '%s'
        """
            .formatted(held.invoice(), held.invoice(), held.tenant()));

    List<String> usage = tamperedUsage(balance);

    Answer run = finished(ask("reconciliation", "{\"dry_run\": false}"));
    Map<String, List<String>> found = checks(run);
    assertThat(found.get("usage-digests"))
        .as("the changed record and its batch, and the batch of the one that is gone")
        .hasSize(3)
        .contains(usage.getFirst())
        .doesNotContain(usage.getLast());
    assertThat(found.get("trial-balance-zero")).containsExactly(entry);
    assertThat(found.get("receivable-equals-open-invoices"))
        .contains(receivable.invoice(), "inv_again");
    assertThat(found.get("total-equals-lines-minus-discount-plus-tax"))
        .containsExactly(total.invoice());
    assertThat(found.get("amount-due-equals-total-minus-credited-paid-written-off"))
        .containsExactly(due.invoice());
    assertThat(found.get("renewals-due-and-missing")).containsExactly(renewal.subscription());
    assertThat(found.get("ended-cycles-without-invoice"))
        .containsExactly(ended.subscription() + "/1");
    assertThat(found.get("more-than-one-invoice-for-a-cycle"))
        .containsExactly(twice.subscription() + "/1");
    assertThat(found.get("dunning-holds-without-overdue-invoice")).containsExactly(held.invoice());
    assertThat(found.get("views-equal-rebuild"))
        .contains(
            "view_subscription/" + renewal.subscription(),
            "view_invoice/" + ended.invoice(),
            "view_invoice/inv_again",
            "view_tenant/" + held.tenant())
        .doesNotContain("view_invoice/" + balance.invoice());
    JsonNode trial = run.json().at("/checks/0");
    assertThat(trial.at("/status").asString()).isEqualTo("BROKEN");
    assertThat(trial.at("/amount/0/amount").asString()).isEqualTo("1.00");

    String other = "{\"dry_run\": false, \"tenant_ids\": [\"%s\"]}".formatted(balance.tenant());
    Map<String, List<String>> ofOne = checks(finished(ask("reconciliation", other)));
    assertThat(ofOne.get("trial-balance-zero")).containsExactly(entry);
    assertThat(ofOne.get("usage-digests")).hasSize(3);
    assertThat(ofOne.get("more-than-one-invoice-for-a-cycle")).isEmpty();
  }

  /** Three batches of one record each: one changed, one gone with its key, one as it was. */
  private List<String> tamperedUsage(Customer customer) throws SQLException {
    ApiClient service = platform().asNew("erp", "service", customer.tenant());
    List<String> ids = new ArrayList<>();
    for (String key : List.of("changed", "gone", "kept")) {
      ids.add(
          service
              .post(
                  "/api/usage/batch",
                  """
                  [{"idempotency_key": "%s", "metric": "calls", "quantity": "5",
                    "timestamp": "%s"}]"""
                      .formatted(key, now()))
              .expect(200)
              .text("/results/0/id"));
    }
    owner(
        """
        ALTER TABLE usage_fact DISABLE TRIGGER history_is_final;
        ALTER TABLE usage_key DISABLE TRIGGER history_is_final;
        UPDATE usage_fact SET quantity = 4 WHERE id = '%s';
        DELETE FROM usage_fact WHERE id = '%s';
        DELETE FROM usage_key WHERE id = '%s';
        ALTER TABLE usage_fact ENABLE TRIGGER history_is_final;
        ALTER TABLE usage_key ENABLE TRIGGER history_is_final
        """
            .formatted(ids.get(0), ids.get(1), ids.get(1)));
    return ids;
  }

  private ApiClient platform() {
    return ApiClient.owner(port);
  }

  private List<Customer> customers(int count) {
    String code = "runs-" + UUID.randomUUID().toString().substring(0, 8);
    platform()
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"Runs\"}".formatted(code))
        .expect(201);
    platform()
        .post(
            "/api/platform/plans",
            """
            {"code": "%s", "product_code": "%s", "name": "Runs",
             "price": {"amount": "150000.00", "currency": "IDR"}}"""
                .formatted(code, code))
        .expect(201);
    List<Customer> customers =
        IntStream.range(0, count)
            .mapToObj(
                _ -> {
                  String tenant =
                      platform()
                          .post(
                              "/api/platform/tenants",
                              "{\"name\": \"Toko\", \"owner_email\": \"sari@example.com\"}")
                          .expect(201)
                          .text("/id");
                  String subscription =
                      platform()
                          .post(
                              "/api/platform/subscriptions",
                              "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}"
                                  .formatted(tenant, code))
                          .expect(201)
                          .text("/id");
                  return new Customer(tenant, subscription, null);
                })
            .toList();
    settle();
    return customers.stream()
        .map(
            customer ->
                new Customer(
                    customer.tenant(), customer.subscription(), invoices(customer).getFirst()))
        .toList();
  }

  private List<String> invoices(Customer customer) {
    List<String> ids = new ArrayList<>();
    platform()
        .get("/api/platform/invoices?tenant_id=" + customer.tenant())
        .expect(200)
        .json()
        .at("/data")
        .forEach(invoice -> ids.add(invoice.at("/id").asString()));
    return ids;
  }

  private void pay(String invoice) {
    platform()
        .post(
            "/api/platform/invoices/%s/payments".formatted(invoice),
            """
            {"amount": {"amount": "150000.00", "currency": "IDR"}, "method": "BANK_TRANSFER"}""")
        .expect(201);
  }

  private void settle() {
    advance("PT0S");
  }

  private void advance(String by) {
    platform().post("/api/test-clock/advance", "{\"by\": \"%s\"}".formatted(by)).expect(200);
  }

  private void advanceTo(Instant to) {
    platform().post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(to)).expect(200);
  }

  private Instant now() {
    return Instant.parse(platform().get("/api/test-clock").expect(200).text("/now"));
  }

  private static String body(Instant asOf, boolean dry, List<Customer> customers) {
    return "{%s\"dry_run\": %s, \"tenant_ids\": [%s]}"
        .formatted(
            asOf == null ? "" : "\"as_of\": \"%s\", ".formatted(asOf),
            dry,
            String.join(
                ", ", customers.stream().map(customer -> '"' + customer.tenant() + '"').toList()));
  }

  private Answer ask(String kind, String body) {
    return platform().post("/api/platform/runs/" + kind, body).expect(202);
  }

  private Answer finished(Answer asked) {
    return finished(asked.text("/id"));
  }

  private Answer finished(String run) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> List.of("DONE", "FAILED").contains(runOf(run).text("/status")));
    Answer over = runOf(run);
    assertThat(over.text("/status")).as(over.raw()).isEqualTo("DONE");
    return over;
  }

  private Answer runOf(String run) {
    return platform().get("/api/platform/runs/" + run).expect(200);
  }

  private static Map<String, Long> outcomes(Answer run) {
    Map<String, Long> outcomes = new HashMap<>();
    run.json()
        .at("/report")
        .forEach(line -> outcomes.merge(line.at("/outcome").asString(), 1L, Long::sum));
    return outcomes;
  }

  private Map<String, List<String>> clean() {
    return checks(finished(ask("reconciliation", "{\"dry_run\": false}")));
  }

  private static Map<String, List<String>> checks(Answer run) {
    Map<String, List<String>> found = new HashMap<>();
    run.json()
        .at("/checks")
        .forEach(
            check -> {
              List<String> ids = new ArrayList<>();
              check.at("/ids").forEach(id -> ids.add(id.asString()));
              assertThat(check.at("/status").asString()).isEqualTo(ids.isEmpty() ? "OK" : "BROKEN");
              found.put(check.at("/name").asString(), ids);
            });
    assertThat(found).hasSize(22);
    return found;
  }

  /** As if the scheduler had lost them: nothing wakes these customers' sagas any more. */
  private void loseDeadlines(List<Customer> customers) throws SQLException {
    for (Customer customer : customers) {
      owner(
          """
          DELETE FROM scheduled_tasks t USING association_value_entry a
          WHERE a.association_value IN ('%s', '%s')
            AND encode(t.task_data, 'escape') LIKE '%%' || a.saga_id || '%%'
          """
              .formatted(customer.subscription(), customer.invoice()));
    }
  }

  private void owner(String sql) throws SQLException {
    try (Connection connection = TestDatabase.asOwner(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String query) throws SQLException {
    try (Connection connection = TestDatabase.asOwner(url);
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }
}
