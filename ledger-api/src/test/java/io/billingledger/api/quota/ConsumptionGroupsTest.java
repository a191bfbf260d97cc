package io.billingledger.api.quota;

import static io.billingledger.api.quota.QuotaScene.limit;
import static io.billingledger.catalog.Enforcement.HARD_BLOCK;
import static io.billingledger.catalog.Enforcement.SOFT_WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.QuickAnswers;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.UsageVerification;
import io.billingledger.tenant.HoldKind;
import io.billingledger.view.quota.QuotaProjection;
import io.billingledger.wiring.TestDatabase;
import io.billingledger.wiring.UnitsOfWork;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is counted together with others, and what is left to be decided alone. */
@LedgerTest
class ConsumptionGroupsTest {
  private static final String CONSUMPTIONS = "/api/quota/consumptions";
  private static final String ONE =
      "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"1\"}";
  private static final AtomicLong KEYS = new AtomicLong(System.nanoTime());

  @LocalServerPort private int port;
  @Autowired private Consumptions consumptions;
  @Autowired private UnitsOfWork units;
  @Autowired private QuotaProjection view;
  @Autowired private ApiKeys keys;
  @Autowired private JdbcClient database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private QuotaCounters counters;
  @Autowired private UsageVerification verification;
  @Autowired private Clock clock;
  @Autowired private Environment settings;

  private final List<QuotaScene> scenes = new ArrayList<>();
  private QuotaScene scene;

  @BeforeEach
  void aTenantHasUsedOneOfAHundred() {
    scene = another();
  }

  @AfterEach
  void everythingIsCountedAsItWasRecorded() {
    for (QuotaScene each : scenes) {
      assertThat(Scope.tenant(each.tenant, counters::differences)).isEmpty();
      assertThat(each.asTenant(verification::tampered)).isEmpty();
      each.leave();
    }
  }

  private QuotaScene another() {
    QuotaScene another =
        new QuotaScene(view, keys, database, new TransactionTemplate(transactions))
            .running(
                limit("orders", "orders", "100", HARD_BLOCK),
                limit("wa", "messages", "10", SOFT_WARNING));
    scenes.add(another);
    alone(another, orders("1"));
    return another;
  }

  @Test
  void whatFitsIsCountedTogether() {
    assertThat(together(scene, orders("2"))).hasValueSatisfying(used("3"));
    assertThat(together(scene, orders("0.5"))).hasValueSatisfying(used("3.5"));
    assertThat(records(scene)).isEqualTo(3);
  }

  @Test
  void whatWasNeverReadIsLeftAlone() {
    assertThat(together(scene, new Consumptions.Wanted(null, "wa", "messages", BigDecimal.ONE)))
        .isEmpty();
    assertThat(together(scene, new Consumptions.Wanted("erp", "orders", "orders", BigDecimal.ONE)))
        .isEmpty();
    assertThat(records(scene)).isOne();
  }

  @Test
  void whatLiesBeyondTheLimitIsLeftAlone() {
    assertThat(together(scene, orders("99.5"))).isEmpty();
    assertThat(records(scene)).isOne();
    alone(scene, orders("1"));
    assertThat(together(scene, orders("1"))).hasValueSatisfying(used("3"));
  }

  @Test
  void whatReachesAWarningIsLeftAlone() {
    assertThat(together(scene, orders("78.9"))).hasValueSatisfying(used("79.9"));
    assertThat(together(scene, orders("0.1"))).isEmpty();
    assertThat(records(scene)).isEqualTo(2);
    assertThat(alone(scene, orders("0.1")).decision().toString()).contains("80.0");
    assertThat(together(scene, orders("19"))).hasValueSatisfying(used("99.0"));
    assertThat(together(scene, orders("1"))).isEmpty();
  }

  @Test
  void aCounterWithManyDecimalsIsLeftAlone() {
    assertThat(together(scene, orders("0.00000000000000000001")))
        .hasValueSatisfying(used("1.00000000000000000001"));
    assertThat(together(scene, orders("0.000000000000000000001"))).isEmpty();
    alone(scene, orders("0.000000000000000000001"));
    assertThat(together(scene, orders("1"))).isEmpty();
    assertThat(records(scene)).isEqualTo(3);
  }

  @Test
  void aHoldOrAnotherCycleIsSeen() {
    scene.hold("manual", HoldKind.MANUAL);
    assertThat(together(scene, orders("1"))).isEmpty();
    scene.lift("manual", HoldKind.MANUAL);
    alone(scene, orders("1"));
    scene.startCycle(2, 1);
    assertThat(together(scene, orders("1"))).isEmpty();
    assertThat(alone(scene, orders("1")).usage().counted().cycleNo()).isEqualTo(2);
    assertThat(together(scene, orders("1"))).hasValueSatisfying(used("2"));
  }

  @Test
  void aKeyThatIsKnownIsLeftAloneAndDisturbsNobody() throws Exception {
    Consumptions.Asked known = asked(scene);
    assertThat(consumptions.together(known, orders("1"))).isPresent();
    assertThat(consumptions.together(known, orders("1"))).isEmpty();
    assertThat(records(scene)).isEqualTo(2);

    QuotaScene other = another();
    List<Boolean> counted =
        inParallel(
            IntStream.range(0, 70)
                .<Callable<Boolean>>mapToObj(
                    _ ->
                        () -> {
                          alone(scene, orders("0.01")); // so that its quota is known again
                          consumptions.together(known, orders("1"));
                          return together(other, orders("1")).isPresent();
                        }));
    assertThat(counted).doesNotContain(false);
    assertThat(records(scene)).isEqualTo(2 + 70);
    assertThat(records(other)).isEqualTo(1 + 70);
  }

  @Test
  void manyCallersOfManyTenantsLoseNothingAndMixNothing() throws Exception {
    List<QuotaScene> tenants = Stream.concat(Stream.of(scene), more(3)).toList();
    AtomicLong grouped = new AtomicLong();
    List<BigDecimal> used =
        inParallel(
            IntStream.range(0, 4 * 60)
                .<Callable<BigDecimal>>mapToObj(
                    number ->
                        () -> {
                          QuotaScene of = tenants.get(number % 4);
                          Optional<Consumptions.Counted> done = together(of, orders("1"));
                          done.ifPresent(_ -> grouped.incrementAndGet());
                          return ((Allowed) done.orElseGet(() -> alone(of, orders("1"))).decision())
                              .used();
                        }));
    for (int tenant = 0; tenant < 4; tenant++) {
      int which = tenant;
      assertThat(
              IntStream.range(0, used.size())
                  .filter(number -> number % 4 == which)
                  .mapToObj(number -> used.get(number).intValueExact())
                  .sorted()
                  .toList())
          .isEqualTo(IntStream.rangeClosed(2, 61).boxed().toList());
      assertThat(records(tenants.get(which))).isEqualTo(61);
    }
    assertThat(grouped.get()).isPositive();
  }

  @Test
  void whoeverIsBeingHeldUpHoldsUpNobody() throws Exception {
    QuotaScene other = another();
    try (Connection busy = TestDatabase.asOwner(settings.getProperty("spring.datasource.url"));
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("SET LOCAL ledger.scope = '*'");
      statement.execute(
          "SELECT FROM quota_counter WHERE tenant_id = '%s' FOR UPDATE".formatted(scene.tenant));
      assertThat(together(scene, orders("1"))).isEmpty();
      assertThat(together(other, orders("1"))).hasValueSatisfying(used("2"));
      busy.rollback();
    }
    assertThat(records(scene)).isOne();
    alone(scene, orders("1"));
  }

  @Test
  void theAnswerIsTheControllersAndIsKeptUnderTheKey() {
    ApiClient service = scene.client(port, Role.SERVICE);
    String body = "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"2.0\"}";
    Answer together = service.key("together").post(CONSUMPTIONS, body).expect(201);
    Answer alone =
        service.key("alone").with("Accept", "application/json, */*").post(CONSUMPTIONS, body);
    alone.expect(201);
    assertThat(like(together)).isEqualTo(like(alone));
    assertThat(together.text("/used")).isEqualTo("3");
    assertThat(alone.text("/used")).isEqualTo("5");
    assertThat(together.header("Content-Type")).isEqualTo(alone.header("Content-Type"));
    assertThat(together.header("Ledger-Position")).isEqualTo(alone.header("Ledger-Position"));

    Answer again = service.key("together").post(CONSUMPTIONS, body).expect(201);
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.raw()).isEqualTo(together.raw());
    service
        .key("together")
        .post(CONSUMPTIONS, body.replace("2.0", "3.0"))
        .expectProblem(422, "idempotency.key-reused");
    assertThat(records(scene)).isEqualTo(3);
  }

  @Test
  void aKeyThatAnsweredSomethingElseIsNotUsedAgain() {
    ApiClient service = scene.client(port, Role.SERVICE);
    String id = service.key("first").post(CONSUMPTIONS, ONE).expect(201).text("/id");
    service.key("taken").post(CONSUMPTIONS + "/" + id + "/reverse", null).expect(200);
    service.key("taken").post(CONSUMPTIONS, ONE).expectProblem(422, "idempotency.key-reused");
    assertThat(records(scene)).isEqualTo(3);
  }

  @Test
  void whatIsNotPlainIsToldAsEver() {
    ApiClient service = scene.client(port, Role.SERVICE);
    for (String body :
        List.of(
            "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"-1\"}",
            "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": 1}",
            "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"1\", \"more\": 1}",
            "{\"module\": \"orders\", \"metric\": \"orders\"}")) {
      service.post(CONSUMPTIONS, body).expectProblem(400, "request.invalid");
    }
    service.post(CONSUMPTIONS, ONE.replace("}", "")).expectProblem(400, "body.malformed");
    service.post(CONSUMPTIONS + "?products=erp", ONE).expectProblem(400, "parameter.invalid");
    assertThat(records(scene)).isOne();
  }

  @Test
  void onlyAPlainRequestIsAnsweredQuickly() {
    alone(scene, new Consumptions.Wanted("erp", "orders", "orders", BigDecimal.ONE));
    assertThat(quickly(ONE, _ -> {})).isTrue();
    assertThat(quickly(ONE, request -> request.addHeader("Accept", "*/*"))).isTrue();
    assertThat(quickly(ONE, request -> request.addHeader("Accept", "application/json"))).isTrue();
    assertThat(quickly(ONE, request -> request.setParameter("product", "erp"))).isTrue();
    int before = records(scene);

    assertThat(quickly(ONE, request -> request.addHeader("Accept", "text/html"))).isFalse();
    assertThat(quickly(ONE, request -> request.setContentType("text/plain"))).isFalse();
    assertThat(quickly(ONE, request -> request.setMethod("PUT"))).isFalse();
    assertThat(quickly(ONE, request -> request.setRequestURI("/api/quota/other"))).isFalse();
    assertThat(quickly(ONE, request -> request.setParameter("product", "crm"))).isFalse();
    assertThat(quickly(ONE, request -> request.setParameter("products", "erp"))).isFalse();
    assertThat(quickly(ONE, request -> request.setParameter("product", "erp", "erp"))).isFalse();
    assertThat(quickly(ONE.replace("1", "0"), _ -> {})).isFalse();
    assertThat(quickly(ONE.replace("\"1\"", "null"), _ -> {})).isFalse();
    assertThat(quickly("null", _ -> {})).isFalse();
    assertThat(quickly(ONE.replace("}", ""), _ -> {})).isFalse();
    assertThat(records(scene)).isEqualTo(before);
  }

  private boolean quickly(String body, Consumer<MockHttpServletRequest> change) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", CONSUMPTIONS);
    request.setContentType("application/json");
    change.accept(request);
    return new QuickConsumptions(consumptions)
        .answer(
            new QuickAnswers.Request(
                request,
                body.getBytes(StandardCharsets.UTF_8),
                new Caller(new Actor("shop"), Set.of(Role.SERVICE), Optional.of(scene.tenant)),
                new CommandKey(scene.tenant.value(), "q" + KEYS.incrementAndGet()),
                new byte[32]))
        .isPresent();
  }

  private Stream<QuotaScene> more(int count) {
    return IntStream.range(0, count).mapToObj(_ -> another()).toList().stream();
  }

  private Optional<Consumptions.Counted> together(QuotaScene of, Consumptions.Wanted wanted) {
    return consumptions.together(asked(of), wanted);
  }

  private Consumptions.Counted alone(QuotaScene of, Consumptions.Wanted wanted) {
    return Scope.tenant(
        of.tenant,
        () -> units.perform(() -> consumptions.consume(asked(of), wanted, clock.instant())));
  }

  private static Consumptions.Asked asked(QuotaScene of) {
    String key = "k" + KEYS.incrementAndGet();
    return new Consumptions.Asked(
        UsageId.derive(of.tenant.value(), key), of.tenant, new Actor("somebody"), key);
  }

  private static Consumptions.Wanted orders(String quantity) {
    return new Consumptions.Wanted(null, "orders", "orders", new BigDecimal(quantity));
  }

  private static Consumer<Consumptions.Counted> used(String used) {
    return counted ->
        assertThat(counted.decision())
            .isInstanceOfSatisfying(
                Allowed.class, allowed -> assertThat(allowed.used()).isEqualByComparingTo(used));
  }

  private static String like(Answer answer) {
    return answer
        .raw()
        .replaceAll("usg_[0-9A-Z]+", "usg")
        .replaceAll("\"(used|remaining|recorded_at)\":\"[^\"]*\"", "\"$1\":\"\"");
  }

  private int records(QuotaScene of) {
    return of.asTenant(
        () -> database.sql("SELECT count(*) FROM usage_fact").query(Integer.class).single());
  }

  private static <T> List<T> inParallel(Stream<Callable<T>> work) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (var answer : pool.invokeAll(work.toList())) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
