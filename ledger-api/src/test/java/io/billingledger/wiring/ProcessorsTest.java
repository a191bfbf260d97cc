package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.saga.SagaGroups;
import io.billingledger.view.ViewGroups;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
@Import({Counter.Wiring.class, ProcessorsTest.Wiring.class})
class ProcessorsTest {
  private static final Actor BUDI = new Actor("budi@example.com");
  private static final int FAILS_AT_ONCE = 13;
  private static final int FAILS_AT_COMMIT = 14;
  private static final int FAILS_SAGA = 15;
  private static final int FAILS_WITH_ERROR = 16;
  private static final int SETS_DEADLINE = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Counters whose faults have been repaired. */
  private static final Set<String> REPAIRED = ConcurrentHashMap.newKeySet();

  @Autowired Commands commands;
  @Autowired UnitsOfWork unitsOfWork;
  @Autowired DeadLetters deadLetters;
  @Autowired Positions positions;
  @Autowired JdbcTemplate database;
  @Autowired EventStore events;
  @Autowired EventProcessingConfiguration processing;

  private final TenantId tenant = TenantId.next();
  private final String counter = "ctr_" + TenantId.next();

  @BeforeEach
  void tables(@Value("${spring.datasource.url}") String url) throws SQLException {
    try (var owner = TestDatabase.asOwner(url);
        var statement = owner.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS test_sums (
            counter text PRIMARY KEY, sum bigint NOT NULL, position bigint NOT NULL);
          CREATE TABLE IF NOT EXISTS test_once (
            counter text UNIQUE DEFERRABLE INITIALLY DEFERRED)
          """);
    }
  }

  @Test
  void aClientReadsItsOwnWrites() {
    long slowest = 0;
    perform(new Counter.Open(counter, tenant));
    for (int i = 1; i <= 20; i++) {
      long position = perform(new Counter.Add(counter, 1));
      long start = System.nanoTime();
      assertThat(positions.await(position, Duration.ofSeconds(5))).isTrue();
      slowest = Math.max(slowest, System.nanoTime() - start);
      assertThat(sum()).isEqualTo(i);
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
    assertThat(positions.await(Long.MAX_VALUE - 1, Duration.ofMillis(50))).isFalse();
  }

  @Test
  void whatAViewCannotProcessIsParkedAndTheRestOfItsTenantWaits() {
    for (int poison : List.of(FAILS_AT_ONCE, FAILS_WITH_ERROR, FAILS_AT_COMMIT)) {
      TenantId poor = TenantId.next();
      String bad = "ctr_" + poor;
      String alsoTheirs = bad + "b";
      perform(new Counter.Open(bad, poor));
      perform(new Counter.Open(alsoTheirs, poor));
      perform(new Counter.Open(counter + poison, tenant));
      perform(new Counter.Add(bad, poison));
      long position = perform(new Counter.Add(alsoTheirs, 5));
      perform(new Counter.Add(counter + poison, 1));

      await().atMost(PATIENCE).until(() -> letter(ViewGroups.VIEWS, poor) != null);
      DeadLetters.Letter letter = letter(ViewGroups.VIEWS, poor);
      assertThat(letter.eventName()).contains("Added");
      assertThat(letter.cause()).isNotBlank();
      assertThat(positions.await(position, Duration.ofSeconds(10))).isTrue();
      await().atMost(PATIENCE).until(() -> letter(ViewGroups.VIEWS, poor).waiting() == 1);
      await().atMost(PATIENCE).until(() -> sum(counter + poison) == 1);
      assertThat(sum(bad)).isZero();
      assertThat(sum(alsoTheirs)).isZero();

      assertThat(deadLetters.retry(ViewGroups.VIEWS, poor.value())).isFalse();
      assertThat(letter(ViewGroups.VIEWS, poor).attempts()).isEqualTo(letter.attempts() + 1);

      REPAIRED.add(bad);
      assertThat(deadLetters.retry(ViewGroups.VIEWS, poor.value())).isTrue();
      assertThat(letter(ViewGroups.VIEWS, poor)).isNull();
      assertThat(sum(bad)).isEqualTo(poison);
      assertThat(sum(alsoTheirs)).isEqualTo(5);
      perform(new Counter.Add(alsoTheirs, 1));
      await().atMost(PATIENCE).until(() -> sum(alsoTheirs) == 6);
    }
  }

  @Test
  void whatASagaCannotProcessIsParkedUntilItIsRepaired() {
    perform(
        new Counter.Open(counter, tenant),
        new Counter.Add(counter, FAILS_SAGA),
        new Counter.Add(counter, 1));
    await().atMost(PATIENCE).until(() -> letter(SagaGroups.NOTICES, tenant) != null);
    await().atMost(PATIENCE).until(() -> letter(SagaGroups.NOTICES, tenant).waiting() == 1);
    // The first of them was rolled back with the second, and is processed all the same.
    assertThat(letter(SagaGroups.NOTICES, tenant).cause()).contains("fifteen");
    assertThat(CountingSaga.HEARD.get(counter)).isEmpty();

    REPAIRED.add(counter);
    assertThat(deadLetters.retry(SagaGroups.NOTICES, tenant.value())).isTrue();
    assertThat(CountingSaga.HEARD.get(counter)).containsExactly(FAILS_SAGA, 1);
    perform(new Counter.Add(counter, 2));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(CountingSaga.HEARD.get(counter)).containsExactly(FAILS_SAGA, 1, 2));
    assertThat(sum()).isEqualTo(FAILS_SAGA + 3);
  }

  @Test
  void aDeadlineOfASagaComesAndSaysWhy() {
    perform(new Counter.Open(counter, tenant));
    perform(new Counter.Add(counter, SETS_DEADLINE));
    await().atMost(PATIENCE).until(() -> sum() == SETS_DEADLINE + 100);
    var history = Scope.allTenants(() -> events.readEvents(counter).asStream().toList());
    assertThat(history.getLast().getMetaData())
        .containsEntry(MetaKeys.ACTOR, "system:test")
        .containsEntry(
            MetaKeys.CORRELATION, history.get(1).getMetaData().get(MetaKeys.CORRELATION));
  }

  @Test
  void aViewIsRebuiltFromTheBeginning() {
    perform(new Counter.Open(counter, tenant));
    long position = perform(new Counter.Add(counter, 4));
    assertThat(positions.await(position, PATIENCE)).isTrue();
    var processor =
        processing.eventProcessor(ViewGroups.VIEWS, StreamingEventProcessor.class).orElseThrow();
    processor.shutDown();
    Scope.allTenants(
        () -> {
          processor.resetTokens();
        });
    assertThat(sum()).isZero();
    processor.start();
    await().atMost(PATIENCE).until(() -> sum() == 4);
    await().atMost(PATIENCE).until(() -> positions.await(position, Duration.ofSeconds(1)));
    perform(new Counter.Add(counter, 1));
    await().atMost(PATIENCE).until(() -> sum() == 5);
  }

  /** In one transaction, so that they are read in one batch. */
  private long perform(Object... several) {
    AtomicLong position = new AtomicLong();
    Scope.allTenants(
        () ->
            unitsOfWork.perform(
                () -> Stream.of(several).map(one -> commands.send(one, BUDI)).toList(),
                _ -> true,
                (_, reached) -> position.set(reached.orElseThrow())));
    return position.get();
  }

  private DeadLetters.Letter letter(String group, TenantId of) {
    return deadLetters.list().stream()
        .filter(letter -> letter.group().equals(group) && letter.sequence().equals(of.value()))
        .findFirst()
        .orElse(null);
  }

  private long sum() {
    return sum(counter);
  }

  private long sum(String of) {
    return database
        .queryForList("SELECT sum FROM test_sums WHERE counter = ?", Long.class, of)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  @ProcessingGroup(ViewGroups.VIEWS)
  static class Sums {
    private final JdbcTemplate database;

    Sums(JdbcTemplate database) {
      this.database = database;
    }

    @EventHandler
    void on(Counter.Added added, TrackingToken position) {
      if (added.amount() == FAILS_AT_ONCE && !REPAIRED.contains(added.id())) {
        throw new IllegalStateException("thirteen");
      }
      if (added.amount() == FAILS_WITH_ERROR && !REPAIRED.contains(added.id())) {
        throw new NoClassDefFoundError("sixteen");
      }
      if (added.amount() == FAILS_AT_COMMIT && !REPAIRED.contains(added.id())) {
        database.update("INSERT INTO test_once VALUES (?), (?)", added.id(), added.id());
      }
      database.update(
          """
          INSERT INTO test_sums VALUES (?, ?, ?)
          ON CONFLICT (counter) DO UPDATE
            SET sum = test_sums.sum + excluded.sum, position = excluded.position
          """,
          added.id(),
          added.amount(),
          position.position().orElseThrow());
    }

    @ResetHandler
    void reset() {
      database.update("DELETE FROM test_sums");
    }
  }

  @ProcessingGroup(SagaGroups.NOTICES)
  public static class CountingSaga {
    static final Map<String, List<Integer>> HEARD = new ConcurrentHashMap<>();

    public String counter;

    @StartSaga
    @SagaEventHandler(associationProperty = "id")
    public void on(Counter.Opened opened) {
      counter = opened.id();
      HEARD.put(counter, new CopyOnWriteArrayList<>());
    }

    @SagaEventHandler(associationProperty = "id")
    public void on(Counter.Added added, DeadlineManager deadlines) {
      if (added.amount() == FAILS_SAGA && !REPAIRED.contains(added.id())) {
        throw new IllegalStateException("fifteen");
      }
      if (added.amount() == SETS_DEADLINE) {
        deadlines.schedule(Duration.ofMillis(300), "more", "payload");
      }
      HEARD.get(counter).add(added.amount());
    }

    @DeadlineHandler(deadlineName = "more")
    public void more(String payload, Commands commands) {
      commands.send(new Counter.Add(counter, 100), Actor.system("test"));
    }
  }

  @TestConfiguration
  static class Wiring {
    @Bean
    Sums sums(JdbcTemplate database) {
      return new Sums(database);
    }

    @Bean
    SagaWiring.Saga countingSaga() {
      return new SagaWiring.Saga(CountingSaga.class);
    }
  }
}
