package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.saga.SagaGroups;
import io.billingledger.view.ViewGroups;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sandbox time against the real thing; and, at the end, real time after an outage. */
class TestClockTest {
  private static final Actor SOMEBODY = new Actor("somebody@example.com");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int POISON = 1313;
  private static final TaskDescriptor<String> NOTE = TaskDescriptor.of("test-note", String.class);

  /** What happened when, by the ledger's clock. */
  private static final List<Map.Entry<Instant, String>> NOTES = new CopyOnWriteArrayList<>();

  private static final AtomicInteger FAILURES = new AtomicInteger();

  private static List<String> database;
  private static ConfigurableApplicationContext ledger;

  private final TenantId tenant = TenantId.next();
  private final String counter = "ctr_" + TenantId.next();

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
    ledger = sandbox();
  }

  @AfterAll
  static void stop() {
    ledger.close();
  }

  private static ConfigurableApplicationContext sandbox() {
    return application(
        database,
        "ledger.test-clock.enabled=true",
        "ledger.test-clock.start=" + START,
        "ledger.test-clock.time-out=90s",
        "ledger.bootstrap-key=" + ApiClient.OWNER_KEY);
  }

  private static ConfigurableApplicationContext application(List<String> of, String... settings) {
    String[] arguments =
        Stream.concat(Stream.concat(of.stream(), Stream.of(settings)), Stream.of("server.port=0"))
            .map("--"::concat)
            .toArray(String[]::new);
    return new SpringApplicationBuilder(LedgerApplication.class, Counter.Wiring.class, Wiring.class)
        .run(arguments);
  }

  @Test
  void runsEverythingOnTheWayInItsOrderAndAtItsOwnTime() {
    Instant from = clock().now();
    Random random = new Random(42);
    List<Instant> due =
        random
            .longs(100, 1, Duration.ofDays(60).toSeconds())
            .sorted()
            .mapToObj(from::plusSeconds)
            .toList();
    List<Instant> shuffled = new ArrayList<>(due);
    Collections.shuffle(shuffled, random);
    perform(new Counter.Open(counter, tenant));
    shuffled.forEach(at -> schedule(at, counter));
    schedule(due.getLast(), counter + "/twin");
    NOTES.clear();

    long start = System.nanoTime();
    TestClock.Moved moved = clock().advance(from.plus(Duration.ofDays(60)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(moved.now()).isEqualTo(from.plus(Duration.ofDays(60))).isEqualTo(clock().now());
    assertThat(moved.steps()).isEqualTo(101);
    assertThat(NOTES).extracting(Map.Entry::getKey).startsWith(due.toArray(Instant[]::new));
    assertThat(NOTES).hasSize(101);
    assertThat(history()).extracting(EventMessage::getTimestamp).containsAll(due);
    assertThat(seen()).hasSize(101).isSorted();
    assertThat(took).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aDeadlineThatADeadlineSetsOffIsOnTheWayToo() {
    Instant from = clock().now();
    perform(new Counter.Open(counter, tenant));
    perform(new Counter.Add(counter, 5));
    assertThat(clock().advance(from).steps()).isZero();
    clock().advance(from.plus(Duration.ofHours(9)));
    assertThat(seen())
        .containsExactly(from, from.plus(Duration.ofHours(5)), from.plus(Duration.ofHours(9)));
    clock().advance(from.plus(Duration.ofDays(7)));
    assertThat(seen())
        .containsExactly(
            from,
            from.plus(Duration.ofHours(5)),
            from.plus(Duration.ofHours(9)),
            from.plus(Duration.ofHours(12)),
            from.plus(Duration.ofHours(14)),
            from.plus(Duration.ofHours(15)));
  }

  @Test
  void otherWorkRunsAtItsTimeAndIsAwaited() {
    Instant from = clock().now();
    SlowWork work = ledger.getBean(SlowWork.class);
    work.due.add(from.plusSeconds(10));
    work.due.add(from.plusSeconds(5));
    schedule(from.plusSeconds(7), "between");
    NOTES.clear();
    assertThat(clock().advance(from.plusSeconds(20)).steps()).isEqualTo(4);
    assertThat(NOTES)
        .containsExactly(
            Map.entry(from.plusSeconds(5), "slow"),
            Map.entry(from.plusSeconds(7), "between"),
            Map.entry(from.plusSeconds(10), "slow"));
  }

  @Test
  void neverGoesBack() {
    Instant now = clock().now();
    assertRefused("test-clock.backwards", () -> clock().advance(now.minusSeconds(1)));
    assertThat(clock().now()).isEqualTo(now);
  }

  @Test
  void isMovedByOneAtATime() throws Exception {
    Instant now = clock().now();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> first =
          other.submit(
              () ->
                  clock()
                      .advance(
                          at -> {
                            inside.countDown();
                            awaitQuietly(leave);
                            return at;
                          }));
      try {
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertRefused("test-clock.already-moving", () -> clock().advance(now));
      } finally {
        leave.countDown();
      }
      first.get();
    }
    clock().advance(now);
  }

  @Test
  void isMovedOverHttp() {
    int port = Integer.parseInt(ledger.getEnvironment().getRequiredProperty("local.server.port"));
    ApiClient owner = ApiClient.owner(port);
    assertThat(owner.get("/actuator/health").expect(200).text("/status")).isEqualTo("UP");
    Instant now = clock().now();
    assertThat(owner.get("/api/test-clock").expect(200).text("/now")).isEqualTo(now.toString());
    assertThat(advanced(owner, "{\"by\": \"PT0S\"}")).isEqualTo(now);
    assertThat(advanced(owner, "{\"by\": \"P1M1DT1H\"}"))
        .isEqualTo(now.atZone(ZoneOffset.UTC).plusMonths(1).plusDays(1).plusHours(1).toInstant());
    Instant to = clock().now().plus(Duration.ofDays(2));
    assertThat(advanced(owner, "{\"to\": \"%s\"}".formatted(to))).isEqualTo(to);

    assertThat(refused(owner, "{\"to\": \"%s\"}".formatted(now), 422))
        .isEqualTo("test-clock.backwards");
    assertThat(refused(owner, "{\"by\": \"-P1D\"}", 422)).isEqualTo("test-clock.backwards");
    for (String unusable :
        List.of(
            "{}",
            "{\"to\": \"%s\", \"by\": \"P1D\"}".formatted(to),
            "{\"by\": \"soon\"}",
            "{\"by\": \"P999999999Y\"}",
            "{\"by\": 7}",
            "{\"at\": \"%s\"}".formatted(to))) {
      refused(owner, unusable, 400);
    }
    ApiClient auditor = owner.asNew("auditor@example.com", "auditor", null);
    assertThat(refused(auditor, "{\"by\": \"P1D\"}", 403)).isNotBlank();
    assertThat(clock().now()).isEqualTo(to);
  }

  private static Instant advanced(ApiClient caller, String body) {
    return Instant.parse(caller.post("/api/test-clock/advance", body).expect(200).text("/now"));
  }

  private static String refused(ApiClient caller, String body, int status) {
    return caller.post("/api/test-clock/advance", body).expect(status).text("/code");
  }

  @Test
  void aFailingTaskIsTriedAgainAndThenNamed() {
    Instant due = clock().now().plusSeconds(60);
    FAILURES.set(2);
    schedule(due, "fails twice");
    NOTES.clear();
    clock().advance(due);
    assertThat(NOTES).containsExactly(Map.entry(due, "fails twice"));

    FAILURES.set(3);
    schedule(due.plusSeconds(60), "fails for long");
    Instant later = due.plus(Duration.ofDays(1));
    assertRefused("test-clock.not-settled", () -> clock().advance(later), "test-note", "no luck");
    assertThat(clock().now()).isEqualTo(due.plusSeconds(60));
    clock().advance(later);
    assertThat(NOTES).extracting(Map.Entry::getValue).containsOnlyOnce("fails for long");
  }

  @Test
  void noEventCarriesATimeOutsideItsStepAndNoneIsSkipped() throws Exception {
    Instant from = clock().now();
    for (int i = 1; i <= 15; i++) {
      schedule(from.plus(Duration.ofDays(i)), "day " + i);
    }
    List<String> counters = IntStream.range(0, 3).mapToObj(i -> counter + i).toList();
    counters.forEach(each -> perform(new Counter.Open(each, tenant)));
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Integer>> callers =
        counters.stream().<Callable<Integer>>map(each -> () -> untilDone(each, done)).toList();
    int sent = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(callers.size())) {
      List<Future<Integer>> sending = callers.stream().map(pool::submit).toList();
      try {
        clock().advance(from.plus(Duration.ofDays(16)));
      } finally {
        done.set(true);
      }
      for (Future<Integer> each : sending) {
        sent += each.get();
      }
    }
    clock().advance(clock().now());
    List<String> recorded =
        counters.stream().flatMap(each -> history(each).stream().skip(1)).map(this::line).toList();
    assertThat(recorded).hasSize(sent).hasSizeGreaterThan(15);
    assertThat(counters.stream().flatMap(each -> Seen.LINES.get(each).stream()))
        .containsExactlyInAnyOrderElementsOf(recorded);
    counters.forEach(
        each -> assertThat(Seen.IN_TIME.get(each)).as("each view in the order of time").isSorted());
  }

  private String line(EventMessage<?> event) {
    return event.getIdentifier() + " " + event.getTimestamp();
  }

  private int untilDone(String each, AtomicBoolean done) {
    int sent = 0;
    while (!done.get()) {
      Scope.allTenants(
          () ->
              ledger
                  .getBean(UnitsOfWork.class)
                  .perform(
                      () -> {
                        Instant at = clock().now();
                        commands().send(new Counter.Add(each, 0), SOMEBODY);
                        assertThat(clock().now()).isEqualTo(at);
                        var recorded =
                            ledger
                                .getBean(EventStore.class)
                                .readEvents(each)
                                .asStream()
                                .reduce((_, last) -> last);
                        assertThat(recorded.orElseThrow().getTimestamp()).isEqualTo(at);
                        return null;
                      }));
      sent++;
    }
    return sent;
  }

  @Test
  void aDeadLetterStopsTheClockAndIsNamed() {
    Instant now = clock().now();
    perform(new Counter.Open(counter, tenant));
    perform(new Counter.Add(counter, POISON));
    assertRefused(
        "test-clock.not-settled",
        () -> clock().advance(now.plus(Duration.ofDays(1))),
        ViewGroups.VIEWS,
        tenant.value(),
        "thirteen");
    assertThat(clock().now()).isEqualTo(now);
    Seen.REPAIRED.add(counter);
    assertThat(ledger.getBean(DeadLetters.class).retry(ViewGroups.VIEWS, tenant.value())).isTrue();
    clock().advance(now.plus(Duration.ofDays(1)));
  }

  @Test
  void standsWhereItStoodAfterARestartAndRunsWhatIsOverdue() {
    Instant stood = clock().now().plus(Duration.ofDays(3));
    clock().advance(stood);
    perform(new Counter.Open(counter, tenant));
    schedule(stood.minus(Duration.ofDays(2)), counter);
    schedule(stood.plus(Duration.ofDays(2)), counter);
    ledger.getBean(JdbcTemplate.class).update("UPDATE scheduled_tasks SET picked = true");
    ledger.close();
    NOTES.clear();
    ledger = sandbox();
    assertThat(clock().now()).isEqualTo(stood);
    assertThat(NOTES).isEmpty();
    clock().advance(stood);
    assertThat(NOTES).containsExactly(Map.entry(stood, counter));
    assertThat(seen()).containsExactly(stood);
    clock().advance(stood.plus(Duration.ofDays(2)));
    assertThat(seen()).containsExactly(stood, stood.plus(Duration.ofDays(2)));
  }

  /** Real time: what fell due while the process was away happens once, and now. */
  @Test
  void afterAnOutageOfFortyDaysWhatIsOverdueHappensOnceAndIsNotDatedBack() {
    List<String> away = TestDatabase.fresh();
    ledger.close();
    try {
      ledger = application(away, "db-scheduler.polling-interval=100ms");
      assertThat(ledger.getBeansOfType(TestClock.class)).isEmpty();
      perform(new Counter.Open(counter, tenant));
      perform(new Counter.Add(counter, 1));
      await().atMost(Duration.ofSeconds(20)).until(() -> deadlines() == 1);
      ledger.close();
      longAgo(away);
      Instant restarted = Instant.now();
      ledger = application(away, "db-scheduler.polling-interval=100ms");
      await().atMost(Duration.ofSeconds(30)).until(() -> history().size() == 3);
      await().atMost(Duration.ofSeconds(10)).until(() -> deadlines() == 0);
      assertThat(history()).hasSize(3);
      assertThat(history().getLast().getTimestamp()).isAfter(restarted);
    } finally {
      ledger.close();
      ledger = sandbox();
    }
  }

  private static void longAgo(List<String> of) {
    try (Connection owner = TestDatabase.asOwner(of.getFirst().split("=", 2)[1]);
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          UPDATE scheduled_tasks SET execution_time = now() - interval '40 days',
            picked = true, picked_by = 'killed', last_heartbeat = now() - interval '40 days'
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long deadlines() {
    return Optional.ofNullable(
            ledger
                .getBean(JdbcTemplate.class)
                .queryForObject("SELECT count(*) FROM scheduled_tasks", Long.class))
        .orElse(0L);
  }

  private static TestClock clock() {
    return ledger.getBean(TestClock.class);
  }

  private static Commands commands() {
    return ledger.getBean(Commands.class);
  }

  private static void schedule(Instant at, String text) {
    ledger
        .getBean(Scheduler.class)
        .schedule(NOTE.instance(TenantId.next().value()).data(text).build(), at);
  }

  private static void perform(Object command) {
    Scope.allTenants(
        () -> ledger.getBean(UnitsOfWork.class).perform(() -> commands().send(command, SOMEBODY)));
  }

  private List<? extends EventMessage<?>> history() {
    return history(counter);
  }

  private static List<? extends EventMessage<?>> history(String of) {
    return Scope.allTenants(
        () -> ledger.getBean(EventStore.class).readEvents(of).asStream().toList());
  }

  private List<Instant> seen() {
    return Seen.IN_TIME.getOrDefault(counter, List.of());
  }

  private static void assertRefused(String code, Supplier<?> work, String... named) {
    assertThatThrownBy(work::get)
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.rejection().code()).isEqualTo(code);
              assertThat(Stream.of(named)).allMatch(refused.rejection().detail()::contains);
            });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The times of a counter's additions, as a view was told. */
  @ProcessingGroup(ViewGroups.VIEWS)
  static class Seen {
    static final Map<String, List<Instant>> IN_TIME = new ConcurrentHashMap<>();
    static final Map<String, List<String>> LINES = new ConcurrentHashMap<>();
    static final List<String> REPAIRED = new CopyOnWriteArrayList<>();

    @EventHandler
    void on(Counter.Added added, @Timestamp Instant at, @MessageIdentifier String id) {
      if (added.amount() == POISON && !REPAIRED.contains(added.id())) {
        throw new IllegalStateException("thirteen");
      }
      IN_TIME.computeIfAbsent(added.id(), _ -> new CopyOnWriteArrayList<>()).add(at);
      LINES.computeIfAbsent(added.id(), _ -> new CopyOnWriteArrayList<>()).add(id + " " + at);
    }
  }

  /** After an addition of n, one of n - 1 follows n hours later. */
  @ProcessingGroup(SagaGroups.NOTICES)
  public static class Countdown {
    public String counter;

    @StartSaga
    @SagaEventHandler(associationProperty = "id")
    public void on(Counter.Opened opened) {
      counter = opened.id();
    }

    @SagaEventHandler(associationProperty = "id")
    public void on(Counter.Added added, @Timestamp Instant at, DeadlineManager deadlines) {
      if (added.amount() > 0 && added.amount() != POISON) {
        deadlines.schedule(at.plus(Duration.ofHours(added.amount())), "count", added.amount());
      }
    }

    @DeadlineHandler(deadlineName = "count")
    public void count(Integer reached, Commands commands) {
      commands.send(new Counter.Add(counter, reached - 1), Actor.system("test"));
    }
  }

  /** Does one thing at a time, on a thread of its own. */
  static class SlowWork implements DueWork {
    final List<Instant> due = new CopyOnWriteArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Clock clock;

    SlowWork(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Optional<Instant> nextDue() {
      return due.stream().min(Instant::compareTo);
    }

    @Override
    public boolean busy() {
      return busy.get();
    }

    @Override
    public void runDue() {
      Instant at = nextDue().orElseThrow();
      busy.set(true);
      due.remove(at);
      Thread.ofPlatform()
          .start(
              () -> {
                LockSupport.parkNanos(20_000_000);
                NOTES.add(Map.entry(clock.instant(), "slow"));
                busy.set(false);
              });
    }
  }

  @TestConfiguration
  static class Wiring {
    @Bean
    Task<String> note(Clock clock, UnitsOfWork unitsOfWork, Commands commands) {
      return Tasks.oneTime(NOTE)
          .execute(
              (task, _) -> {
                if (task.getData().startsWith("fails") && FAILURES.getAndDecrement() > 0) {
                  throw new IllegalStateException("no luck");
                }
                NOTES.add(Map.entry(clock.instant(), task.getData()));
                if (task.getData().startsWith("ctr_")) {
                  String counter = task.getData().replace("/twin", "");
                  Scope.allTenants(
                      () ->
                          unitsOfWork.perform(
                              () -> commands.send(new Counter.Add(counter, 0), SOMEBODY)));
                }
              });
    }

    @Bean
    Seen seen() {
      return new Seen();
    }

    @Bean
    SlowWork slowWork(Clock clock) {
      return new SlowWork(clock);
    }

    @Bean
    SagaWiring.Saga countdown() {
      return new SagaWiring.Saga(Countdown.class);
    }
  }
}
