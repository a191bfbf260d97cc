package io.billingledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class IdempotencyTest {
  private static final String KEYS = "/api/platform/api-keys";

  @LocalServerPort private int port;

  @Value("${spring.datasource.url}")
  private String url;

  private ApiClient owner;
  private String key;

  @BeforeEach
  void owner() {
    owner = ApiClient.owner(port);
    key = UUID.randomUUID().toString();
  }

  @Test
  void theSameRequestAgainGetsTheStoredAnswerHoweverItIsWritten() {
    Answer first =
        owner
            .key(key)
            .post(KEYS, "{\"actor\":\"" + key + "\",\"roles\":[\"finance\"]}")
            .expect(201);
    Answer again =
        owner
            .key(key)
            .post(KEYS, " { \"roles\" : [ \"finance\" ],\n \"actor\" : \"" + key + "\" } ")
            .expect(201);

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.text("/id")).isEqualTo(first.text("/id"));
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.contentType()).isEqualTo(first.contentType());
  }

  @Test
  void aKeyIsForOneRequest() {
    owner.key(key).post(KEYS, body(key)).expect(201);
    owner.key(key).post(KEYS, body("another")).expectProblem(422, "idempotency.key-reused");
    owner
        .key(key)
        .post(KEYS + "/key_01J9ZQ3V6X8Y5W2K7M4N1P0R3T/revoke", null)
        .expectProblem(422, "idempotency.key-reused");
  }

  @Test
  void aRefusalIsDecidedAnew() {
    owner
        .key(key)
        .post(KEYS, "{\"actor\":\"a\",\"roles\":[]}")
        .expectProblem(400, "request.invalid");
    owner.key(key).post(KEYS, body(key)).expect(201);
  }

  @Test
  void sixteenCallersWithOneKeyHaveOneEffect() throws Exception {
    List<Answer> answers = together(16, () -> owner.key(key).post(KEYS, body(key)));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
    answers.stream()
        .filter(answer -> answer.status() == 409)
        .forEach(
            answer -> {
              answer.expectProblem(409, "idempotency.in-progress");
              assertThat(answer.header("Retry-After")).isPresent();
            });
    assertThat(
            answers.stream()
                .filter(answer -> answer.status() == 201)
                .filter(answer -> answer.header("Idempotent-Replayed").isEmpty()))
        .hasSize(1);
    assertThat(count("SELECT count(*) FROM api_key WHERE actor = ?", key)).isEqualTo(1);
  }

  @Test
  void whoDiesInTheMiddleLeavesNothingRunning() throws Exception {
    // What a process has done when it is killed before its commit: the lock and some writes.
    try (Connection dying = TestDatabase.asOwner(url)) {
      dying.setAutoCommit(false);
      try (PreparedStatement lock = dying.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
        lock.setLong(1, Answers.number(new CommandKey("platform", key)));
        lock.execute();
      }
      owner.key(key).post(KEYS, body(key)).expectProblem(409, "idempotency.in-progress");
      try (PreparedStatement end =
          dying.prepareStatement("SELECT pg_terminate_backend(pg_backend_pid())")) {
        end.execute();
      } catch (SQLException killed) {
        assertThat(killed.getSQLState()).isIn("57P01", "08006");
      }
    }
    owner.key(key).post(KEYS, body(key)).expect(201);
  }

  @Test
  void dryRunsAndQuestionsTakeNoKey() {
    assertThat(Paths.takesKey("POST", "/api/quota/consumptions")).isTrue();
    assertThat(Paths.takesKey("DELETE", "/api/subscriptions/change-request/chg_1")).isTrue();
    assertThat(
            Stream.of(
                "/api/payments/midtrans/webhook",
                "/api/test-clock/advance",
                "/api/subscriptions/change-request/quote",
                "/api/pricing/quotes",
                "/api/invoices/preview",
                "/api/what-if",
                "/api/platform/tenants/ten_1/monthly-billing",
                "/api/rating/subscriptions/sub_1"))
        .noneMatch(path -> Paths.takesKey("POST", path));
    assertThat(Paths.takesKey("GET", "/api/session")).isFalse();
  }

  private static String body(String actor) {
    return "{\"actor\":\"%s\",\"roles\":[\"finance\"]}".formatted(actor);
  }

  private static List<Answer> together(int callers, Callable<Answer> call) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<Answer>> calls =
          IntStream.range(0, callers)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            start.await();
                            return call.call();
                          }))
              .toList();
      start.countDown();
      List<Answer> answers = new java.util.ArrayList<>();
      for (Future<Answer> one : calls) {
        answers.add(one.get());
      }
      return answers;
    }
  }

  private long count(String sql, String parameter) throws SQLException {
    try (Connection database = TestDatabase.asOwner(url);
        PreparedStatement query = database.prepareStatement(sql)) {
      query.setString(1, parameter);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
