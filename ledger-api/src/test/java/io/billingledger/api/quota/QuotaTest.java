package io.billingledger.api.quota;

import static io.billingledger.api.quota.QuotaScene.AT;
import static io.billingledger.api.quota.QuotaScene.limit;
import static io.billingledger.catalog.Enforcement.HARD_BLOCK;
import static io.billingledger.catalog.Enforcement.OVERAGE_CHARGE;
import static io.billingledger.catalog.Enforcement.SOFT_WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.UsageId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.metering.UsageVerification;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.tenant.HoldKind;
import io.billingledger.usage.UsageEvent.UsageLimitReached;
import io.billingledger.view.quota.QuotaProjection;
import io.billingledger.wiring.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
class QuotaTest {
  private static final String QUOTA = "/api/billing/quota";
  private static final String CONSUMPTIONS = "/api/quota/consumptions";
  private static final String THIS_MONTH =
      DateTimeFormatter.ofPattern("uuuu_MM").format(LocalDate.now(ZoneOffset.UTC));
  private static final String ONE_ORDER = consumption("orders", "orders", "1");

  @LocalServerPort private int port;
  @Autowired private QuotaProjection view;
  @Autowired private ApiKeys keys;
  @Autowired private JdbcClient database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private QuotaCounters counters;
  @Autowired private UsageVerification verification;
  @Autowired private EventStore events;
  @Autowired private Clock clock;
  @Autowired private Environment settings;

  private final List<QuotaScene> scenes = new ArrayList<>();
  private QuotaScene scene;
  private ApiClient service;

  @BeforeEach
  void enter() {
    scene = another();
    service = scene.client(port, Role.SERVICE);
  }

  @AfterEach
  void leave() {
    scenes.forEach(QuotaScene::leave);
  }

  private QuotaScene another() {
    QuotaScene another =
        new QuotaScene(view, keys, database, new TransactionTemplate(transactions));
    scenes.add(another);
    return another;
  }

  @Test
  void aTenantThatNeverSubscribedHasNothing() {
    assertQuota(
        """
        {"plan_code": null, "period_start": null, "period_end": null,
         "order_quota": {"limit": "0", "used": "0", "remaining": "0"},
         "wa_quota": {"limit": "0", "used": "0", "remaining": "0"},
         "subscription_status": null, "write_access_mode": "READ_ONLY", "cycle_no": null,
         "subscription_id": null, "modules": []}""");
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");
    scene.register();
    consume(ONE_ORDER).expectProblem(403, "quota.not-running");
  }

  @Test
  void olderClientsReadTheFlatCoreAndNewerOnesEveryModule() {
    scene.running(
        limit("orders", "orders", "100", HARD_BLOCK),
        limit("wa", "messages", null, HARD_BLOCK),
        limit("storage", "gib", "0.5", OVERAGE_CHARGE));
    consume(consumption("orders", "orders", "3")).expect(201);
    consume(consumption("wa", "messages", "7")).expect(201);
    consume(consumption("storage", "gib", "1.25")).expect(201);
    assertQuota(
        """
        {"plan_code": "%s", "period_start": "2026-01-01", "period_end": "2026-01-31",
         "order_quota": {"limit": "100", "used": "3", "remaining": "97"},
         "wa_quota": {"limit": null, "used": "7", "remaining": null},
         "subscription_status": "ACTIVE", "write_access_mode": "FULL", "cycle_no": 1,
         "subscription_id": "%s", "modules": [
         {"module": "orders", "metric": "orders", "limit": "100", "used": "3", "remaining": "97",
          "enforcement": "HARD_BLOCK", "overage": "0", "overage_unit_price": null},
         {"module": "wa", "metric": "messages", "limit": null, "used": "7", "remaining": null,
          "enforcement": "HARD_BLOCK", "overage": "0", "overage_unit_price": null},
         {"module": "storage", "metric": "gib", "limit": "0.5", "used": "1.25", "remaining": "0",
          "enforcement": "OVERAGE_CHARGE", "overage": "0.75", "overage_unit_price": "1500"}]}"""
            .formatted(scene.planCode, scene.subscription));
    assertThat(service.get(QUOTA + "?product=erp").text("/order_quota/used")).isEqualTo("3");
    assertThat(service.get(QUOTA + "?product=other").json().get("plan_code").isNull()).isTrue();
  }

  @Test
  void aHardBlockLetsNothingOver() {
    scene.running(limit("orders", "orders", "2.5", HARD_BLOCK));
    Answer first = consume(consumption("orders", "orders", "2.0")).expect(201);
    assertThat(first.text("/id")).startsWith("usg_");
    assertThat(first.text("/quantity")).isEqualTo("2");
    assertThat(first.text("/used")).isEqualTo("2");
    assertThat(first.text("/remaining")).isEqualTo("0.5");
    assertThat(first.text("/limit")).isEqualTo("2.5");
    assertThat(first.text("/cycle_no")).isEqualTo("1");
    assertThat(first.text("/enforcement")).isEqualTo("HARD_BLOCK");
    assertThat(first.json().get("warning").isNull()).isTrue();
    Answer refused = consume(ONE_ORDER).expectProblem(409, "quota.exceeded");
    assertThat(refused.text("/detail"))
        .isEqualTo("1 more of orders/orders do not fit: 2.0 of 2.5 are used in this cycle.");
    assertThat(consume(consumption("orders", "orders", "0.5")).expect(201).text("/remaining"))
        .isEqualTo("0");
    assertCountersAreRight();
  }

  @Test
  void aSoftWarningAllowsAndSaysSo() {
    scene.running(limit("wa", "messages", "10", SOFT_WARNING));
    Answer within = consume(consumption("wa", "messages", "10")).expect(201);
    assertThat(within.json().get("warning").isNull()).isTrue();
    Answer over = consume(consumption("wa", "messages", "4")).expect(201);
    assertThat(over.text("/warning")).isEqualTo("4 of this lie beyond the limit of 10.");
    assertThat(over.text("/overage")).isEqualTo("4");
    assertThat(over.json().get("overage_unit_price").isNull()).isTrue();
    assertThat(over.text("/remaining")).isEqualTo("0");
  }

  @Test
  void overageIsRecordedExactlyAlsoWhenTakenBackOutOfOrder() {
    scene.running(limit("api", "calls", "10", OVERAGE_CHARGE));
    String within = consume(consumption("api", "calls", "8")).expect(201).text("/id");
    Answer across = consume(consumption("api", "calls", "5")).expect(201);
    assertThat(across.text("/overage")).isEqualTo("3");
    assertThat(across.text("/overage_unit_price")).isEqualTo("1500");
    assertThat(consume(consumption("api", "calls", "2")).expect(201).text("/overage"))
        .isEqualTo("2");
    Answer reversal = reverse(within).expect(200);
    assertThat(reversal.text("/quantity")).isEqualTo("-8");
    assertThat(reversal.text("/overage")).isEqualTo("-5");
    assertThat(reversal.text("/used")).isEqualTo("7");
    assertThat(reversal.text("/reverses")).isEqualTo(within);
    assertThat(sum("overage")).isZero();
    assertThat(sum("quantity")).isEqualByComparingTo("7");
    assertCountersAreRight();
  }

  @Test
  void whatThePlanDoesNotHaveIsNotConsumed() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    Answer unknown = consume(consumption("orders", "boxes", "1"));
    unknown.expectProblem(422, "metric.unknown");
    assertThat(unknown.text("/detail")).contains(scene.planCode, "orders/boxes");
    for (String quantity : List.of("0", "-1", "1e3", "", "many")) {
      consume(consumption("orders", "orders", quantity)).expectProblem(400, "request.invalid");
    }
    consume("{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": 1}")
        .expectProblem(400, "request.invalid");
    consume("{\"module\": \"orders\", \"metric\": \"orders\"}")
        .expectProblem(400, "request.invalid");
    assertThat(records()).isZero();
  }

  @Test
  void aHoldOfAnyKindStopsConsumptionsUntilTheLastIsLifted() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    String taken = consume(ONE_ORDER).expect(201).text("/id");
    scene.hold("manual", HoldKind.MANUAL);
    scene.hold("inv_1", HoldKind.DUNNING);
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");
    scene.lift("inv_1", HoldKind.DUNNING);
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");
    assertThat(service.get(QUOTA).text("/write_access_mode")).isEqualTo("READ_ONLY");
    reverse(taken).expect(200);
    scene.lift("manual", HoldKind.MANUAL);
    assertThat(consume(ONE_ORDER).expect(201).text("/used")).isEqualTo("1");
    scene.hold("termination", HoldKind.TERMINATION);
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");
    assertThat(service.get(QUOTA).text("/write_access_mode")).isEqualTo("NONE");
  }

  @Test
  void pastDueFreezesTheEndedCycleAndPaymentTurnsIt() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    String taken = consume(consumption("orders", "orders", "60")).expect(201).text("/id");
    InvoiceId invoice = InvoiceId.derive("renewal", scene.subscription);

    scene.subscription(new SubscriptionPastDue(scene.subscription, invoice, AT));
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");
    scene.hold(invoice.value(), HoldKind.DUNNING);
    assertThat(frozen()).isEqualTo("PAST_DUE, cycle 1 from 2026-01-01, 60 of 100");
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");

    scene.subscription(new SubscriptionSuspended(scene.subscription, invoice, AT));
    assertThat(frozen()).isEqualTo("SUSPENDED, cycle 1 from 2026-01-01, 60 of 100");
    consume(ONE_ORDER).expectProblem(403, "tenant.read-only");

    scene.subscription(new SubscriptionReactivated(scene.subscription, AT));
    scene.startCycle(2, 1);
    scene.lift(invoice.value(), HoldKind.DUNNING);
    assertThat(frozen()).isEqualTo("ACTIVE, cycle 2 from 2026-01-31, 0 of 100");
    assertThat(consume(ONE_ORDER).expect(201).text("/cycle_no")).isEqualTo("2");
    reverse(taken).expect(200);
    assertThat(frozen()).isEqualTo("ACTIVE, cycle 2 from 2026-01-31, 1 of 100");

    scene.subscription(new SubscriptionTerminated(scene.subscription, invoice, AT, List.of()));
    assertThat(frozen()).isEqualTo("TERMINATED, cycle 2 from 2026-01-31, 1 of 100");
    consume(ONE_ORDER).expectProblem(403, "quota.not-running");
    assertCountersAreRight();
  }

  @Test
  void aCycleHasTheLimitsOfItsOwnPlanVersion() {
    scene.publish(limit("orders", "orders", "10", HARD_BLOCK));
    scene.register();
    scene.subscribe();
    assertThat(frozen()).isEqualTo("PENDING, cycle 0 from null, 0 of 10");
    consume(ONE_ORDER).expectProblem(403, "quota.not-running");
    scene.startTrial();
    assertThat(consume(consumption("orders", "orders", "10")).expect(201).text("/cycle_no"))
        .isEqualTo("0");
    scene.subscription(new TrialExpired(scene.subscription, AT));
    consume(ONE_ORDER).expectProblem(403, "quota.not-running");
    scene.publish(limit("orders", "orders", "20", HARD_BLOCK));
    scene.startCycle(1, 1);
    assertThat(frozen()).isEqualTo("ACTIVE, cycle 1 from 2026-01-01, 0 of 10");
    consume(consumption("orders", "orders", "11")).expectProblem(409, "quota.exceeded");
    scene.startCycle(2, 2);
    assertThat(consume(consumption("orders", "orders", "11")).expect(201).text("/remaining"))
        .isEqualTo("9");
  }

  @Test
  void theSameRequestAgainCountsOnce() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    ApiClient repeating = service.key("order-4711");
    Answer first = repeating.post(CONSUMPTIONS, ONE_ORDER).expect(201);
    Answer again = repeating.post(CONSUMPTIONS, ONE_ORDER).expect(201);
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.raw()).isEqualTo(first.raw());
    repeating
        .post(CONSUMPTIONS, consumption("orders", "orders", "2"))
        .expectProblem(422, "idempotency.key-reused");
    assertThat(records()).isOne();
    assertThat(service.get(QUOTA).text("/order_quota/used")).isEqualTo("1");
    ApiClient reversing = service.key("order-4711-back");
    reversing.post(CONSUMPTIONS + "/" + first.text("/id") + "/reverse", null).expect(200);
    reversing.post(CONSUMPTIONS + "/" + first.text("/id") + "/reverse", null).expect(200);
    reverse(first.text("/id")).expectProblem(409, "consumption.already-reversed");
    assertThat(service.get(QUOTA).text("/order_quota/used")).isEqualTo("0");
  }

  @Test
  void aKeyThatAlreadyIdentifiesUsageIsNoConsumptionsKey() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    service
        .post(
            "/api/usage",
            """
            {"idempotency_key": "fact", "metric": "x", "quantity": "1",
             "timestamp": "2026-01-01T00:00:00Z"}""")
        .expect(201);
    service.key("fact").post(CONSUMPTIONS, ONE_ORDER).expectProblem(409, "usage.key-conflict");
    assertThat(service.get(QUOTA).text("/order_quota/used")).isEqualTo("0");
  }

  @Test
  void aReversalIsNoConsumption() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    String id = consume(ONE_ORDER).expect(201).text("/id");
    String reversal = reverse(id).expect(200).text("/id");
    reverse(reversal).expectProblem(404, "consumption.unknown");
    reverse(UsageId.next().value()).expectProblem(404, "consumption.unknown");
    assertThat(reverse("usg_nonsense").status()).isEqualTo(404);
  }

  @Test
  void tenantsDoNotSeeEachOther() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    QuotaScene other = another().running(limit("orders", "orders", "5", HARD_BLOCK));
    ApiClient stranger = other.client(port, Role.SERVICE);
    String id = consume(ONE_ORDER).expect(201).text("/id");
    stranger
        .post(CONSUMPTIONS + "/" + id + "/reverse", null)
        .expectProblem(404, "consumption.unknown");
    assertThat(stranger.get(QUOTA).text("/order_quota/limit")).isEqualTo("5");
    assertThat(stranger.get(QUOTA).text("/order_quota/used")).isEqualTo("0");
    for (String table :
        List.of("usage_fact", "quota_counter", "view_quota_tenant", "view_quota_subscription")) {
      String rows = "SELECT count(*) FROM " + table + " WHERE tenant_id = ?";
      assertThat(scene.asTenant(() -> count(rows))).isOne();
      assertThat(other.<Integer>asTenant(() -> count(rows))).isZero();
    }
  }

  @Test
  void membersReadAndServicesUse() {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    ApiClient member = scene.client(port, Role.MEMBER);
    member.get(QUOTA).expect(200);
    assertThat(member.post(CONSUMPTIONS, ONE_ORDER).status()).isEqualTo(403);
    scene.client(port, Role.OWNER).post(CONSUMPTIONS, ONE_ORDER).expect(201);
    assertThat(ApiClient.owner(port).get(QUOTA).status()).isEqualTo(403);
  }

  @Test
  void manyCallersOnOneCounterGetExactlyTheLimit() throws Exception {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    List<Answer> answers =
        inParallel(
            IntStream.range(0, 240).<Callable<Answer>>mapToObj(_ -> () -> consume(ONE_ORDER)));
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(100);
    answers.stream()
        .filter(answer -> answer.status() != 201)
        .forEach(answer -> answer.expectProblem(409, "quota.exceeded"));
    assertThat(
            answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> Integer.valueOf(answer.text("/used")))
                .sorted()
                .toList())
        .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(records()).isEqualTo(100);
    assertCountersAreRight();
  }

  @Test
  void eightyAndAHundredPercentAreToldOfOnceACycleHoweverManyCall() throws Exception {
    scene.running(
        limit("orders", "orders", "100", HARD_BLOCK),
        limit("wa", "messages", "10", SOFT_WARNING),
        limit("free", "things", null, HARD_BLOCK));
    inParallel(IntStream.range(0, 160).<Callable<Answer>>mapToObj(_ -> () -> consume(ONE_ORDER)));
    consume(consumption("free", "things", "1000")).expect(201);
    String back = consume(consumption("wa", "messages", "25")).expect(201).text("/id");
    assertThat(reached())
        .containsExactlyInAnyOrder(
            "cycle 1 orders/orders 80 % of 100 at 80",
            "cycle 1 orders/orders 100 % of 100 at 100",
            "cycle 1 wa/messages 80 % of 10 at 25",
            "cycle 1 wa/messages 100 % of 10 at 25");
    reverse(back).expect(200);
    consume(consumption("wa", "messages", "7.99")).expect(201);
    consume(consumption("wa", "messages", "0.01")).expect(201);
    assertThat(reached()).hasSize(4);
    scene.startCycle(2, 1);
    consume(consumption("wa", "messages", "7.99")).expect(201);
    assertThat(reached()).hasSize(4);
    consume(consumption("wa", "messages", "0.01")).expect(201);
    assertThat(reached()).hasSize(5).contains("cycle 2 wa/messages 80 % of 10 at 8.00");
  }

  private List<String> reached() {
    return Scope.tenant(
        scene.tenant,
        () ->
            events
                .readEvents(UsageLogId.of(scene.tenant, clock.instant()).value())
                .asStream()
                .map(event -> event.getPayload())
                .filter(UsageLimitReached.class::isInstance)
                .map(UsageLimitReached.class::cast)
                .map(
                    event ->
                        "cycle %d %s/%s %d %% of %s at %s"
                            .formatted(
                                event.cycleNo(),
                                event.module(),
                                event.metric(),
                                event.percent(),
                                event.limit(),
                                event.used()))
                .toList());
  }

  @Test
  void aConsumptionIsTakenBackOnceHoweverManyAsk() throws Exception {
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    String id = consume(consumption("orders", "orders", "3")).expect(201).text("/id");
    consume(ONE_ORDER).expect(201);
    List<Answer> answers =
        inParallel(IntStream.range(0, 16).<Callable<Answer>>mapToObj(_ -> () -> reverse(id)));
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    answers.stream()
        .filter(answer -> answer.status() != 200)
        .forEach(answer -> answer.expectProblem(409, "consumption.already-reversed"));
    assertThat(service.get(QUOTA).text("/order_quota/used")).isEqualTo("1");
    assertCountersAreRight();
  }

  @Test
  void whoeverTurnsTheCycleOrPlacesAHoldMeanwhileLosesNothing() throws Exception {
    scene.running(limit("orders", "orders", "1000", HARD_BLOCK));
    AtomicBoolean done = new AtomicBoolean();
    try (var pool = Executors.newSingleThreadExecutor()) {
      var turning =
          pool.submit(
              () -> {
                for (int cycle = 2; !done.get(); cycle++) {
                  scene.startCycle(cycle, 1);
                  scene.hold("manual", HoldKind.MANUAL);
                  scene.lift("manual", HoldKind.MANUAL);
                  Thread.sleep(20);
                }
                return null;
              });
      List<Answer> answers =
          inParallel(
              IntStream.range(0, 160).<Callable<Answer>>mapToObj(_ -> () -> consume(ONE_ORDER)));
      done.set(true);
      turning.get();
      answers.forEach(
          answer -> {
            if (answer.status() != 201) {
              answer.expectProblem(403, "tenant.read-only");
            }
          });
      assertThat(records())
          .isEqualTo((int) answers.stream().filter(answer -> answer.status() == 201).count());
    }
    assertCountersAreRight();
  }

  @Test
  void countersAreMadeAgainFromTheRecords() throws Exception {
    scene.running(
        limit("orders", "orders", "1000", HARD_BLOCK), limit("wa", "messages", "9", HARD_BLOCK));
    consume(consumption("orders", "orders", "5")).expect(201);
    consume(consumption("wa", "messages", "2")).expect(201);
    asOwner(
        "UPDATE quota_counter SET used = used + 1 WHERE metric = 'orders' AND tenant_id = '%s'");
    asOwner("DELETE FROM quota_counter WHERE metric = 'messages' AND tenant_id = '%s'");
    assertThat(differences())
        .extracting(each -> each.metric() + " " + each.counted() + " " + each.recorded())
        .containsExactly("orders 6 5", "messages null 2");
    AtomicBoolean done = new AtomicBoolean();
    try (var pool = Executors.newSingleThreadExecutor()) {
      var consuming =
          pool.submit(
              () -> {
                int consumed = 0;
                while (!done.get()) {
                  consume(ONE_ORDER).expect(201);
                  consumed++;
                }
                return consumed;
              });
      assertThat(Scope.tenant(scene.tenant, counters::rebuild)).isEqualTo(2);
      for (int i = 0; i < 5; i++) {
        assertThat(Scope.tenant(scene.tenant, counters::rebuild)).isZero();
      }
      done.set(true);
      int consumed = consuming.get();
      assertThat(service.get(QUOTA).text("/order_quota/used"))
          .isEqualTo(Integer.toString(5 + consumed));
    }
    assertCountersAreRight();
  }

  @Test
  void recordsAreOnlyEverAddedTo() throws Exception {
    scene.running(limit("orders", "orders", "1000", HARD_BLOCK));
    String id = consume(ONE_ORDER).expect(201).text("/id");
    for (String change :
        List.of(
            "UPDATE usage_fact SET quantity = 2",
            "DELETE FROM usage_fact",
            "TRUNCATE usage_fact",
            "SELECT * FROM usage_fact_" + THIS_MONTH)) {
      assertThatThrownBy(() -> scene.asTenant(() -> database.sql(change).update()))
          .rootCause()
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(() -> asOwner("UPDATE usage_fact SET quantity = 2 WHERE tenant_id = '%s'"))
        .hasMessageContaining("history is only ever added to");
    assertThat(tampered()).isEmpty();
    asOwner(
        "ALTER TABLE usage_fact DISABLE TRIGGER history_is_final;"
            + " UPDATE usage_fact SET quantity = 2 WHERE tenant_id = '%s';"
            + " ALTER TABLE usage_fact ENABLE TRIGGER history_is_final");
    assertThat(tampered()).containsExactly(new UsageId(id));
  }

  @Test
  void nothingIsDecidedWhileTheViewIsRebuilt() throws Exception {
    scene.running(limit("orders", "orders", "1000", HARD_BLOCK));
    try {
      asOwner("UPDATE view_quota_rebuild SET until_position = 9000000000000");
      consume(ONE_ORDER).expectProblem(503, "quota.rebuilding");
      service.get(QUOTA).expectProblem(503, "quota.rebuilding");
    } finally {
      asOwner("UPDATE view_quota_rebuild SET until_position = NULL");
    }
    consume(ONE_ORDER).expect(201);
  }

  private void assertQuota(String expected) {
    assertThat(service.get(QUOTA).expect(200).json())
        .isEqualTo(io.billingledger.api.json.Json.mapper().readTree(expected));
  }

  private String frozen() {
    Answer quota = service.get(QUOTA).expect(200);
    return "%s, cycle %s from %s, %s of %s"
        .formatted(
            quota.text("/subscription_status"),
            quota.text("/cycle_no"),
            quota.json().get("period_start").asString("null"),
            quota.text("/order_quota/used"),
            quota.text("/order_quota/limit"));
  }

  private void assertCountersAreRight() {
    assertThat(differences()).isEmpty();
    assertThat(tampered()).isEmpty();
  }

  private List<QuotaCounters.Difference> differences() {
    return Scope.tenant(scene.tenant, counters::differences);
  }

  private List<UsageId> tampered() {
    return scene.asTenant(verification::tampered);
  }

  private Answer consume(String body) {
    return service.post(CONSUMPTIONS, body);
  }

  private Answer reverse(String id) {
    return service.post(CONSUMPTIONS + "/" + id + "/reverse", null);
  }

  private static String consumption(String module, String metric, String quantity) {
    return """
        {"module": "%s", "metric": "%s", "quantity": "%s"}"""
        .formatted(module, metric, quantity);
  }

  private int records() {
    return scene.asTenant(() -> count("SELECT count(*) FROM usage_fact WHERE tenant_id = ?"));
  }

  private int count(String sql) {
    return database.sql(sql).param(scene.tenant.value()).query(Integer.class).single();
  }

  private BigDecimal sum(String column) {
    return scene.asTenant(
        () ->
            database
                .sql("SELECT sum(" + column + ") FROM usage_fact")
                .query(BigDecimal.class)
                .single());
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection owner = TestDatabase.asOwner(settings.getProperty("spring.datasource.url"));
        Statement statement = owner.createStatement()) {
      statement.execute(sql.formatted(scene.tenant));
    }
  }

  private static <T> List<T> inParallel(java.util.stream.Stream<Callable<T>> work)
      throws Exception {
    List<T> answers = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(16)) {
      for (var answer : pool.invokeAll(work.toList())) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
