package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
@Import(Counter.Wiring.class)
class CommandsTest {
  private static final Actor BUDI = new Actor("budi@example.com");

  @Autowired Commands commands;
  @Autowired UnitsOfWork unitsOfWork;
  @Autowired Claims claims;
  @Autowired EventStore events;
  @Autowired JdbcTemplate database;
  @Autowired PlatformTransactionManager transactions;

  private final TenantId tenant = TenantId.next();
  private final String counter = "ctr_" + TenantId.next();

  @Test
  void answersAndRecordsWhoAndWhy() {
    int sum =
        unitsOfWork(
            () -> {
              commands.send(new Counter.Open(counter, tenant), BUDI);
              return commands.<Integer>send(new Counter.Add(counter, 3), BUDI);
            });
    assertThat(sum).isEqualTo(3);
    var recorded = Scope.allTenants(() -> events.readEvents(counter).asStream().toList());
    assertThat(recorded).hasSize(2);
    var metadata = recorded.getLast().getMetaData();
    assertThat(metadata)
        .containsEntry(MetaKeys.TENANT, tenant.value())
        .containsEntry(MetaKeys.ACTOR, BUDI.name())
        .containsKeys(MetaKeys.CORRELATION, MetaKeys.CAUSE);
    assertThat(metadata.get(MetaKeys.CORRELATION))
        .isEqualTo(recorded.getFirst().getMetaData().get(MetaKeys.CORRELATION))
        .isNotEqualTo(metadata.get(MetaKeys.CAUSE));
  }

  @Test
  void aRefusalArrivesAsItself() {
    open();
    assertThatThrownBy(() -> all(() -> commands.send(new Counter.Add(counter, -1), BUDI)))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("test.refused"));
  }

  @Test
  void commandsOfOneUnitStandOrFallTogether() {
    open();
    assertThatThrownBy(
            () ->
                unitsOfWork(
                    () -> {
                      commands.send(new Counter.Add(counter, 5), BUDI);
                      return commands.send(new Counter.Add(counter, -1), BUDI);
                    }))
        .isInstanceOf(Rejected.class);
    assertThat(sum()).isZero();
  }

  @Test
  void aRefusalThatIsCaughtStillUndoesTheWhole() {
    open();
    assertThatThrownBy(
            () ->
                unitsOfWork(
                    () -> {
                      commands.send(
                          new Counter.Number(counter, counter, counter + "a", false), BUDI);
                      assertThatThrownBy(
                              () ->
                                  commands.send(
                                      new Counter.Number(counter, counter, counter + "b", true),
                                      BUDI))
                          .isInstanceOf(Rejected.class);
                      return commands.send(new Counter.Add(counter, 2), BUDI);
                    }))
        .isInstanceOf(UnexpectedRollbackException.class);
    assertThat(sum()).isZero();
    assertThat(holder(counter + "a")).isEmpty();
    assertThat(holder(counter + "b")).isEmpty();
    assertThat(next(counter, "somebody")).isEqualTo(1);
  }

  @Test
  void anAnswerMayBeGivenAndTheWorkUndone() {
    open();
    String answer =
        all(
            () ->
                unitsOfWork.perform(
                    () -> {
                      commands.send(new Counter.Add(counter, 9), BUDI);
                      return "refused";
                    },
                    _ -> false,
                    (_, _) -> {
                      throw new AssertionError("nothing is committed");
                    }));
    assertThat(answer).isEqualTo("refused");
    assertThat(sum()).isZero();
  }

  @Test
  void tellsThePositionBeforeItCommits() {
    AtomicReference<OptionalLong> position = new AtomicReference<>();
    all(
        () ->
            unitsOfWork.perform(
                () -> commands.send(new Counter.Open(counter, tenant), BUDI),
                _ -> true,
                (_, reached) -> position.set(reached)));
    long stored =
        all(
            () ->
                new TransactionTemplate(transactions)
                    .execute(
                        _ ->
                            database.queryForObject(
                                "SELECT global_index FROM domain_event_entry"
                                    + " WHERE aggregate_identifier = ?",
                                Long.class,
                                counter)));
    assertThat(position.get()).hasValue(stored);
    all(
        () ->
            unitsOfWork.perform(() -> "nothing", _ -> true, (_, reached) -> position.set(reached)));
    assertThat(position.get()).isEmpty();
  }

  @Test
  void aConflictRunsTheWorkAgain() {
    open();
    AtomicInteger attempts = new AtomicInteger();
    int sum =
        unitsOfWork(
            () -> {
              int answer = commands.<Integer>send(new Counter.Add(counter, 1), BUDI);
              if (attempts.incrementAndGet() < 3) {
                throw new org.axonframework.modelling.command.ConcurrencyException("another one");
              }
              return answer;
            });
    assertThat(attempts).hasValue(3);
    assertThat(sum).isEqualTo(1);
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void nothingIsLostWhenManyWriteToOne() throws Exception {
    open();
    inParallel(
        16,
        IntStream.range(0, 160)
            .<Callable<Object>>mapToObj(
                _ -> () -> unitsOfWork(() -> commands.send(new Counter.Add(counter, 1), BUDI)))
            .toList());
    assertThat(sum()).isEqualTo(160);
  }

  @Test
  void manyUnitsOfWorkCommitTogetherAndNothingIsLost() throws Exception {
    List<String> counters = counters(16);
    inParallel(16, adding(counters, 40));
    for (String each : counters) {
      assertThat(sequences(each)).isEqualTo(LongStream.rangeClosed(0, 40).boxed().toList());
    }
    assertThat(
            query(
                "SELECT count(*) FROM (SELECT xmin::text FROM domain_event_entry"
                    + " WHERE aggregate_identifier = ANY (?) AND sequence_number > 0 GROUP BY 1"
                    + " HAVING count(DISTINCT aggregate_identifier) > 1) AS shared",
                (Object) counters.toArray(String[]::new)))
        .as("transactions with events of several units")
        .singleElement()
        .satisfies(count -> assertThat(count).isPositive());
  }

  @Test
  void whoseEventsAreInTheWayOfAnotherWriterSpoilsNobodysGroup() throws Exception {
    List<String> counters = counters(8);
    inParallel(8, adding(counters, 1));
    all(
        () ->
            new TransactionTemplate(transactions)
                .execute(
                    _ ->
                        database.update(
                            "INSERT INTO domain_event_entry (event_identifier,"
                                + " aggregate_identifier, sequence_number, type, time_stamp,"
                                + " payload_type, payload_revision, payload, meta_data)"
                                + " SELECT gen_random_uuid()::text, aggregate_identifier,"
                                + " sequence_number + 1, type, time_stamp, payload_type,"
                                + " payload_revision, payload, meta_data FROM domain_event_entry"
                                + " WHERE aggregate_identifier = ? AND sequence_number = 1",
                            counters.getFirst())));
    inParallel(8, adding(counters, 5));
    assertThat(sequences(counters.getFirst())).hasSize(1 + 1 + 1 + 5);
    for (String each : counters.subList(1, 8)) {
      assertThat(sequences(each)).isEqualTo(LongStream.rangeClosed(0, 6).boxed().toList());
    }
  }

  @Test
  void aTenantsUnitRecordsNothingOfAnother() {
    open();
    assertThatThrownBy(
            () ->
                Scope.tenant(
                    TenantId.next(),
                    () ->
                        unitsOfWork.perform(
                            () -> commands.send(new Counter.Add(counter, 1), BUDI))))
        .rootCause()
        .hasMessageContaining("row-level security");
    assertThat(sum()).isZero();
    Scope.tenant(
        tenant, () -> unitsOfWork.perform(() -> commands.send(new Counter.Add(counter, 1), BUDI)));
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void aSeriesHasNoGapsUnderRefusals() throws Exception {
    String series = "series/" + counter;
    List<String> counters = IntStream.range(0, 16).mapToObj(_ -> "ctr_" + TenantId.next()).toList();
    all(
        () -> {
          counters.forEach(each -> commands.send(new Counter.Open(each, tenant), BUDI));
          return null;
        });
    List<Object> numbers =
        inParallel(
            16,
            IntStream.range(0, 200)
                .<Callable<Object>>mapToObj(
                    i ->
                        () -> {
                          try {
                            return unitsOfWork(
                                () ->
                                    commands.<Long>send(
                                        new Counter.Number(
                                            counters.get(i % 16),
                                            series,
                                            series + "/" + i,
                                            i % 3 == 0),
                                        BUDI));
                          } catch (Rejected refused) {
                            return -1L;
                          }
                        })
                .toList());
    List<Long> given =
        numbers.stream().map(Long.class::cast).filter(number -> number > 0).sorted().toList();
    assertThat(given)
        .isEqualTo(LongStream.rangeClosed(1, given.size()).boxed().toList())
        .hasSize(133);
    assertThat(next(series, "again")).isEqualTo(134);
    assertThat(next(series, "again")).isEqualTo(134);
  }

  @Test
  void oneHolderOfAClaim() throws Exception {
    List<Object> holders =
        inParallel(
            16,
            IntStream.range(0, 32)
                .<Callable<Object>>mapToObj(
                    i -> () -> claims.claim(Claims.Kind.TRIAL, counter, "holder" + i))
                .toList());
    assertThat(holders).hasSize(32).containsOnly(holders.getFirst());
    claims.release(Claims.Kind.TRIAL, counter, "somebody else");
    assertThat(claims.holder(Claims.Kind.TRIAL, counter)).contains((String) holders.getFirst());
    claims.release(Claims.Kind.TRIAL, counter, (String) holders.getFirst());
    assertThat(claims.holder(Claims.Kind.TRIAL, counter)).isEmpty();
  }

  private List<String> counters(int count) {
    List<String> counters =
        IntStream.range(0, count).mapToObj(_ -> "ctr_" + TenantId.next()).toList();
    all(
        () -> {
          counters.forEach(each -> commands.send(new Counter.Open(each, tenant), BUDI));
          return null;
        });
    return counters;
  }

  private List<Callable<Object>> adding(List<String> counters, int times) {
    return IntStream.range(0, counters.size() * times)
        .<Callable<Object>>mapToObj(
            i ->
                () ->
                    unitsOfWork(
                        () ->
                            commands.send(
                                new Counter.Add(counters.get(i % counters.size()), 1), BUDI)))
        .toList();
  }

  private List<Long> sequences(String stream) {
    return query(
        "SELECT sequence_number FROM domain_event_entry WHERE aggregate_identifier = ?"
            + " ORDER BY 1",
        stream);
  }

  private List<Long> query(String sql, Object parameter) {
    return all(
        () ->
            new TransactionTemplate(transactions)
                .execute(_ -> database.queryForList(sql, Long.class, parameter)));
  }

  private void open() {
    all(() -> commands.send(new Counter.Open(counter, tenant), BUDI));
  }

  private int sum() {
    return all(() -> commands.<Integer>send(new Counter.Open(counter, tenant), BUDI));
  }

  private Optional<String> holder(String key) {
    return claims.holder(Claims.Kind.PLAN_CODE, key);
  }

  private long next(String series, String holder) {
    return claims.next(Claims.Kind.INVOICE_NUMBER, series, holder);
  }

  private <T> T unitsOfWork(java.util.function.Supplier<T> work) {
    return all(() -> unitsOfWork.perform(work));
  }

  private static <T> T all(java.util.function.Supplier<T> work) {
    return Scope.allTenants(work);
  }

  private static List<Object> inParallel(int threads, List<Callable<Object>> work)
      throws Exception {
    List<Object> answers = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (var answer : pool.invokeAll(work)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
