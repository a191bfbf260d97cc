package io.billingledger.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The ledger stops on day 38 with deadlines of every kind pending, and starts again forty days
 * later on the same data: what was due happens once, now and not in the past, and nobody is
 * punished for the time in which nobody was there.
 */
class OutageTest {
  private static final LocalDate START = LocalDate.parse("2026-02-02");
  private static final int STOPS = 38;
  private static final int BACK = 78;

  private static List<String> database;
  private static ConfigurableApplicationContext ledger;

  private final Map<String, Customer> customers = new LinkedHashMap<>();

  private record Customer(String tenant, String subscription) {}

  @AfterAll
  static void stop() {
    ledger.close();
  }

  @Test
  void whatWasDueHappensOnceAndNowAndNobodyIsPunished() throws SQLException {
    database = TestDatabase.fresh();
    ledger = start();
    plan("monthly", "");
    plan("trial", ", \"trial_days\": 7");
    plan("pays first", ", \"activation\": \"ON_FIRST_PAYMENT\"");

    signUp("suspended", "monthly", 0);
    pay("suspended");
    signUp("past due", "monthly", 7);
    pay("past due");
    signUp("billed", "monthly", 14);
    pay("billed");
    signUp("in its cycle", "monthly", 18);
    pay("in its cycle");
    signUp("leaving", "monthly", 18);
    pay("leaving");
    post(
        "/api/platform/subscriptions/%s/cancel".formatted(customers.get("leaving").subscription()),
        "{\"at\": \"PERIOD_END\", \"reason\": \"enough\"}",
        200);
    signUp("on trial", "trial", 35);
    signUp("not begun", "pays first", 36);
    advanceTo(STOPS);
    assertThat(told())
        .containsExactly(
            "suspended: SUSPENDED, cycle 1, READ_ONLY; OVERDUE due 30, PAID due 7",
            "past due: PAST_DUE, cycle 1, READ_ONLY; OVERDUE due 37, PAID due 14",
            "billed: ACTIVE, cycle 1, FULL; PENDING due 44, PAID due 21",
            "in its cycle: ACTIVE, cycle 1, FULL; PAID due 25",
            "leaving: ACTIVE, cycle 1, FULL; PAID due 25",
            "on trial: TRIALING, cycle 0, FULL; ",
            "not begun: PENDING, cycle 0, READ_ONLY; PENDING due 43");
    long last = lastEvent();
    Map<String, List<String>> noticesBefore = notices();

    ledger.close();
    laterBy(Duration.ofDays(BACK - STOPS));
    ledger = start();
    settle();

    assertThat(told())
        .containsExactly(
            // Was told so 41 days ago, 23 days before this was due.
            "suspended: TERMINATED, cycle 1, NONE; WRITTEN_OFF due 30, PAID due 7",
            // One step, not two.
            "past due: SUSPENDED, cycle 1, READ_ONLY; OVERDUE due 37, PAID due 14",
            "billed: PAST_DUE, cycle 1, READ_ONLY; OVERDUE due 44, PAID due 21",
            // Has its week to pay, as ever.
            "in its cycle: ACTIVE, cycle 1, FULL; PENDING due 85, PAID due 25",
            "leaving: CANCELED, cycle 1, READ_ONLY; PAID due 25",
            "on trial: ACTIVE, cycle 1, FULL; PENDING due 85",
            "not begun: CANCELED, cycle 0, READ_ONLY; VOID due 43");
    assertThat(since(last))
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event.at("/at").asString())
                    .as(event.toString())
                    .isEqualTo(morning(BACK).toString()));
    Map<String, List<String>> noticesAfter = notices();
    assertThat(added(noticesBefore, noticesAfter, "suspended")).containsExactly("terminated");
    assertThat(added(noticesBefore, noticesAfter, "past due"))
        .as("of the reminders that nobody sent only the last one goes out")
        .containsExactlyInAnyOrder("payment-overdue", "suspended");
    assertThat(added(noticesBefore, noticesAfter, "billed"))
        .containsExactlyInAnyOrder("payment-overdue", "read-only");
    assertThat(added(noticesBefore, noticesAfter, "in its cycle")).isEmpty();

    settle();
    ledger.close();
    ledger = start();
    long settled = lastEvent();
    settle();
    assertThat(lastEvent()).as("another restart changes nothing").isEqualTo(settled);

    pay("in its cycle");
    assertThat(told("in its cycle"))
        .isEqualTo("in its cycle: ACTIVE, cycle 2, FULL; PENDING due 85, PAID due 85, PAID due 25");
    pay("billed");
    assertThat(told("billed"))
        .isEqualTo("billed: ACTIVE, cycle 2, FULL; PENDING due 85, PAID due 44, PAID due 21");

    // The stages go on at their distance from what really happened.
    advanceTo(101);
    assertThat(told("past due")).startsWith("past due: SUSPENDED");
    advanceTo(102);
    assertThat(told("past due"))
        .isEqualTo("past due: TERMINATED, cycle 1, NONE; WRITTEN_OFF due 37, PAID due 14");
    booksAreInOrder();
  }

  private static ConfigurableApplicationContext start() {
    String[] arguments =
        Stream.concat(
                database.stream(),
                Stream.of(
                    "ledger.test-clock.enabled=true",
                    "ledger.test-clock.start=" + morning(0),
                    "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
                    "server.port=0"))
            .map("--"::concat)
            .toArray(String[]::new);
    return new SpringApplicationBuilder(LedgerApplication.class).run(arguments);
  }

  /** While nobody is there. */
  private static void laterBy(Duration outage) throws SQLException {
    String url = database.getFirst().split("=", 2)[1];
    try (Connection owner = TestDatabase.asOwner(url);
        Statement statement = owner.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE test_clock SET position = position + interval '%d seconds'"
                      .formatted(outage.toSeconds())))
          .isEqualTo(1);
    }
  }

  private void plan(String code, String more) {
    String plan = code.replace(' ', '-');
    post(
        "/api/platform/products",
        "{\"code\": \"%s\", \"name\": \"%s\"}".formatted(plan, plan),
        201);
    post(
        "/api/platform/plans",
        """
        {"code": "%s", "product_code": "%s", "name": "%s",
         "price": {"amount": "150000.00", "currency": "IDR"}%s}"""
            .formatted(plan, plan, plan, more),
        201);
  }

  private void signUp(String name, String plan, int day) {
    advanceTo(day);
    String tenant =
        post(
                "/api/platform/tenants",
                "{\"name\": \"%s\", \"owner_email\": \"owner@example.com\"}".formatted(name),
                201)
            .text("/id");
    String subscription =
        post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}"
                    .formatted(tenant, plan.replace(' ', '-')),
                201)
            .text("/id");
    customers.put(name, new Customer(tenant, subscription));
    settle();
  }

  /** All that is open. */
  private void pay(String name) {
    for (JsonNode invoice : invoices(name)) {
      if (List.of("PENDING", "OVERDUE").contains(invoice.at("/status").asString())) {
        post(
            "/api/platform/invoices/%s/payments".formatted(invoice.at("/id").asString()),
            """
            {"amount": {"amount": "150000.00", "currency": "IDR"}, "method": "BANK_TRANSFER"}""",
            201);
      }
    }
    settle();
  }

  private List<String> told() {
    return customers.keySet().stream().map(this::told).toList();
  }

  private String told(String name) {
    Customer customer = customers.get(name);
    JsonNode subscription = get("/api/platform/subscriptions/" + customer.subscription());
    JsonNode tenant = get("/api/platform/tenants/" + customer.tenant());
    List<String> invoices = new ArrayList<>();
    invoices(name)
        .forEach(
            invoice ->
                invoices.add(
                    "%s due %d"
                        .formatted(
                            invoice.at("/status").asString(),
                            date(invoice.at("/due_at").asString()).toEpochDay()
                                - START.toEpochDay())));
    return "%s: %s, cycle %s, %s; %s"
        .formatted(
            name,
            subscription.at("/status").asString(),
            subscription.at("/cycle_no").asString(),
            tenant.at("/write_access_mode").asString(),
            String.join(", ", invoices));
  }

  private Iterable<JsonNode> invoices(String name) {
    return get("/api/platform/invoices?tenant_id=" + customers.get(name).tenant()).at("/data");
  }

  private Map<String, List<String>> notices() {
    Map<String, List<String>> notices = new LinkedHashMap<>();
    customers.forEach(
        (name, customer) -> {
          List<String> templates = new ArrayList<>();
          get("/api/platform/tenants/%s/notices?limit=100".formatted(customer.tenant()))
              .at("/data")
              .forEach(
                  notice -> {
                    assertThat(notice.at("/status").asString()).isEqualTo("SENT");
                    templates.add(notice.at("/template").asString());
                  });
          notices.put(name, templates);
        });
    return notices;
  }

  /** The newest come first. */
  private static List<String> added(
      Map<String, List<String>> before, Map<String, List<String>> after, String name) {
    return after.get(name).subList(0, after.get(name).size() - before.get(name).size());
  }

  private List<JsonNode> since(long position) {
    List<JsonNode> events = new ArrayList<>();
    get("/api/audit/events?limit=500")
        .at("/data")
        .forEach(
            event -> {
              if (event.at("/position").longValue() > position) {
                events.add(event);
              }
            });
    return events;
  }

  private long lastEvent() {
    return get("/api/audit/events?limit=1").at("/data/0/position").longValue();
  }

  private void booksAreInOrder() {
    String run = post("/api/platform/runs/reconciliation", "{\"dry_run\": false}", 202).text("/id");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/api/platform/runs/" + run).at("/status").asString().equals("DONE"));
    JsonNode checks = get("/api/platform/runs/" + run).at("/checks");
    assertThat(checks.size()).isEqualTo(22);
    checks.forEach(
        check -> assertThat(check.at("/status").asString()).as(check.toString()).isEqualTo("OK"));
  }

  private void settle() {
    post("/api/test-clock/advance", "{\"by\": \"PT0S\"}", 200);
  }

  private void advanceTo(int day) {
    post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(morning(day)), 200);
  }

  private static Instant morning(int day) {
    return Life.morning(START.plusDays(day));
  }

  private static LocalDate date(String instant) {
    return Instant.parse(instant).atZone(Life.ZONE).toLocalDate();
  }

  private static Answer post(String path, String json, int status) {
    return platform().post(path, json).expect(status);
  }

  private static JsonNode get(String path) {
    return platform().get(path).expect(200).json();
  }

  private static ApiClient platform() {
    return ApiClient.owner(
        Integer.parseInt(ledger.getEnvironment().getRequiredProperty("local.server.port")));
  }
}
