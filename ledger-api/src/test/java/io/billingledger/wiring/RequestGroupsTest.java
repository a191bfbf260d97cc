package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.api.idempotency.Answers;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What commits together with others and uses no database before, and what must go alone. */
@LedgerTest
@Import(Counter.Wiring.class)
class RequestGroupsTest {
  private static final Actor BUDI = new Actor("budi@example.com");
  private static final byte[] DIGEST = new byte[32];

  @Autowired Commands commands;
  @Autowired UnitsOfWork units;
  @Autowired Claims claims;
  @Autowired JdbcTemplate database;
  @Autowired EntityManager rows;
  @Autowired PlatformTransactionManager transactions;

  private final TenantId tenant = TenantId.next();
  private final String counter = "ctr_" + TenantId.next();
  private final String key = "key-" + TenantId.next();

  @BeforeEach
  void aCounterThatIsInMemory() {
    open(counter);
  }

  @Test
  void eventsAndTheAnswerCommitTogether() {
    UnitsOfWork.Committed<Integer> done = together(key, () -> add(counter, 3)).orElseThrow();
    assertThat(done.answer()).isEqualTo(3);
    assertThat(query("SELECT position FROM idempotency_key WHERE key = ?", key))
        .containsExactly(done.position().orElseThrow())
        .isEqualTo(
            query(
                "SELECT global_index FROM domain_event_entry WHERE aggregate_identifier = ?"
                    + " AND sequence_number = 1",
                counter));
    assertThat(
            query(
                "SELECT count(*) FROM idempotency_key k JOIN domain_event_entry e"
                    + " ON e.xmin::text = k.xmin::text AND e.global_index = k.position"
                    + " WHERE k.key = ?",
                key))
        .containsExactly(1L);
    assertThat(together(key + "-2", () -> add(counter, 2)).orElseThrow().answer()).isEqualTo(5);
  }

  @Test
  void whoRecordsNothingHasNoPosition() {
    assertThat(together(key, () -> 7))
        .contains(new UnitsOfWork.Committed<>(7, OptionalLong.empty()));
    assertThat(
            query("SELECT count(*) FROM idempotency_key WHERE key = ? AND position IS NULL", key))
        .containsExactly(1L);
  }

  @Test
  void whoseKeyHasAnAnswerIsLeftOut() {
    together(key, () -> add(counter, 1)).orElseThrow();
    assertThat(together(key, () -> add(counter, 1))).isEmpty();
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void aRefusalLeavesNothing() {
    assertThat(together(key, () -> add(counter, -1))).isEmpty();
    assertThat(
            all(
                () ->
                    units.together(
                        () -> add(counter, 1),
                        _ -> Optional.empty()))) // an answer that is not to be kept
        .isEmpty();
    assertThat(sum()).isZero();
    assertThat(isKnown(key)).isFalse();
  }

  @Test
  void aRefusalThatIsCaughtStillUndoesTheWhole() {
    assertThat(
            together(
                key,
                () -> {
                  int sum = add(counter, 4);
                  assertThatThrownBy(() -> add(counter, -1)).isInstanceOf(Rejected.class);
                  return sum;
                }))
        .isEmpty();
    assertThat(sum()).isZero();
    assertThat(isKnown(key)).isFalse();
  }

  @Test
  void whoAsksForTheDatabaseGoesAlone() {
    List<Supplier<?>> questions =
        List.of(
            () -> database.queryForObject("SELECT 1", Integer.class),
            () -> new TransactionTemplate(transactions).execute(_ -> 1),
            () -> rows.createNativeQuery("SELECT 1").getSingleResult(),
            () -> claims.claim(Claims.Kind.TRIAL, counter, "holder"),
            () -> commands.send(new Counter.Number(counter, counter, counter, false), BUDI));
    for (Supplier<?> question : questions) {
      assertThat(
              together(
                  key,
                  () -> {
                    add(counter, 1);
                    return question.get();
                  }))
          .isEmpty();
    }
    assertThat(sum()).isZero();
    assertThat(isKnown(key)).isFalse();
    assertThat(claims.holder(Claims.Kind.TRIAL, counter)).isEmpty();
    assertThat(WithoutDatabase.here()).isFalse();
  }

  @Test
  void aTenantGoesAlone() {
    assertThat(
            Scope.tenant(
                tenant, () -> units.together(() -> add(counter, 1), _ -> Optional.of(kept(key)))))
        .isEmpty();
    assertThat(sum()).isZero();
  }

  @Test
  void whoIsInTheWayOfAnotherWriterGoesAlone() {
    all(
        () ->
            new TransactionTemplate(transactions)
                .execute(
                    _ ->
                        database.update(
                            "INSERT INTO domain_event_entry (event_identifier,"
                                + " aggregate_identifier, sequence_number, type, time_stamp,"
                                + " payload_type, payload_revision, payload, meta_data)"
                                + " SELECT gen_random_uuid()::text, aggregate_identifier, 1, type,"
                                + " time_stamp, replace(payload_type, 'Opened', 'Added'),"
                                + " payload_revision,"
                                + " convert_to('{\"id\":\"x\",\"amount\":10}', 'UTF8'), meta_data"
                                + " FROM domain_event_entry WHERE aggregate_identifier = ?",
                            counter)));
    assertThat(together(key, () -> add(counter, 1))).isEmpty();
    assertThat(isKnown(key)).isFalse();
    assertThat(all(() -> units.perform(() -> add(counter, 1)))).isEqualTo(11);
    assertThat(together(key, () -> add(counter, 1)).orElseThrow().answer()).isEqualTo(12);
  }

  @Test
  void manyCommitTogetherAndNothingIsLostNorDoneTwice() throws Exception {
    List<String> counters = IntStream.range(0, 16).mapToObj(_ -> "ctr_" + TenantId.next()).toList();
    counters.forEach(this::open);
    inParallel(
        IntStream.range(0, 16 * 40)
            .<Callable<Object>>mapToObj(
                i ->
                    () -> {
                      // Every key is used by two; only one of them may have an effect.
                      String of = counters.get(i % 16);
                      String under = key + "/" + i / 32 + "/" + i % 16;
                      while (together(under, () -> add(of, 1)).isEmpty() && !isKnown(under)) {
                        open(of); // so that it is in memory again
                      }
                      return null;
                    })
            .toList());
    for (String each : counters) {
      assertThat(
              query(
                  "SELECT sequence_number FROM domain_event_entry WHERE aggregate_identifier = ?"
                      + " ORDER BY 1",
                  each))
          .isEqualTo(LongStream.rangeClosed(0, 20).boxed().toList());
    }
    assertThat(
            query(
                "SELECT count(*) FROM (SELECT xmin::text FROM idempotency_key WHERE key LIKE ?"
                    + " GROUP BY 1 HAVING count(*) > 1) AS shared",
                key + "/%"))
        .as("transactions of several requests")
        .singleElement()
        .satisfies(shared -> assertThat(shared).isPositive());
  }

  @Test
  void aCommandThatIsSentAloneBeginsWithoutTheDatabase() {
    assertThat(all(() -> add(counter, 2))).isEqualTo(2);
    assertThatThrownBy(() -> all(() -> add(counter, -1))).isInstanceOf(Rejected.class);
    long number =
        all(
            () ->
                commands.<Long>send(
                    new Counter.Number(counter, counter, counter + "k", false), BUDI));
    assertThat(number).isEqualTo(1);
    assertThatThrownBy(
            () ->
                all(
                    () ->
                        commands.<Long>send(
                            new Counter.Number(counter, counter, counter + "l", true), BUDI)))
        .isInstanceOf(Rejected.class);
    assertThat(claims.holder(Claims.Kind.PLAN_CODE, counter + "k")).contains(counter);
    assertThat(claims.holder(Claims.Kind.PLAN_CODE, counter + "l")).isEmpty();
    assertThat(Scope.tenant(tenant, () -> add(counter, 1))).isEqualTo(3);
    assertThat(sum()).isEqualTo(3);
  }

  @Test
  void whatIsPartOfATransactionCommitsWithIt() {
    all(
        () ->
            new TransactionTemplate(transactions)
                .execute(
                    within -> {
                      add(counter, 5);
                      assertThat(together(key, () -> add(counter, 1))).isEmpty();
                      within.setRollbackOnly();
                      return null;
                    }));
    assertThat(
            query(
                "SELECT sequence_number FROM domain_event_entry WHERE aggregate_identifier = ?",
                counter))
        .containsExactly(0L);
    assertThat(isKnown(key)).isFalse();
  }

  private <T> Optional<UnitsOfWork.Committed<T>> together(String under, Supplier<T> work) {
    return all(() -> units.together(work, _ -> Optional.of(kept(under))));
  }

  private static Answers.Kept kept(String under) {
    return new Answers.Kept(
        new CommandKey("platform", under),
        new Answers.Answer(
            DIGEST,
            200,
            "application/json",
            null,
            null,
            null,
            "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private void open(String which) {
    all(() -> commands.send(new Counter.Open(which, tenant), BUDI));
  }

  private int add(String which, int amount) {
    return commands.<Integer>send(new Counter.Add(which, amount), BUDI);
  }

  private int sum() {
    return all(() -> commands.<Integer>send(new Counter.Open(counter, tenant), BUDI));
  }

  private boolean isKnown(String under) {
    return query("SELECT count(*) FROM idempotency_key WHERE key = ?", under).getFirst() > 0;
  }

  private List<Long> query(String sql, Object parameter) {
    return all(
        () ->
            new TransactionTemplate(transactions)
                .execute(_ -> database.queryForList(sql, Long.class, parameter)));
  }

  private static <T> T all(Supplier<T> work) {
    return Scope.allTenants(work);
  }

  private static void inParallel(List<Callable<Object>> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (Future<Object> done : pool.invokeAll(work)) {
        done.get();
      }
    }
  }
}
