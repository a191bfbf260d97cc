package io.billingledger.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded once, attempted at least once, never lost. */
class NoticesTest {
  private static Outbox outbox;
  private final List<Notice> sent = new ArrayList<>();

  @BeforeAll
  static void open() {
    outbox = new Outbox();
  }

  @BeforeEach
  void nothingWaits() {
    outbox.clear();
  }

  @Test
  void isRecordedOnceAndSentOnce() {
    assertThat(outbox.record("invoice/1/reminder/H")).isTrue();
    assertThat(outbox.record("invoice/1/reminder/H")).isFalse();
    NoticeDispatcher dispatcher = outbox.dispatcher(sent::add);

    assertThat(dispatcher.idle()).isFalse();
    assertThat(dispatcher.dispatchDue()).isEqualTo(1);
    assertThat(dispatcher.dispatchDue()).isZero();

    assertThat(dispatcher.idle()).isTrue();
    assertThat(sent)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.key()).isEqualTo("invoice/1/reminder/H");
              assertThat(notice.id()).isEqualTo(NoticeId.derive("invoice/1/reminder/H"));
              assertThat(notice.recipient()).isEqualTo("budi@example.com");
              assertThat(notice.text().body()).startsWith("Hello Toko Budi,");
            });
    Notice kept = outbox.find("invoice/1/reminder/H");
    assertThat(kept.status()).isEqualTo(Notice.Status.SENT);
    assertThat(kept.sentAt()).isEqualTo(outbox.clock.instant());
    assertThat(kept.attempts()).isEqualTo(1);
    assertThat(kept.nextAttemptAt()).isNull();
  }

  @Test
  void aSentNoticeIsNotRecordedAgain() {
    outbox.record("once");
    outbox.dispatcher(sent::add).dispatchDue();

    assertThat(outbox.record("once")).isFalse();
    assertThat(outbox.dispatcher(sent::add).dispatchDue()).isZero();
  }

  @Test
  void goesDownWithItsTransaction() {
    assertThatThrownBy(
            () ->
                outbox.in(
                    () -> {
                      outbox.record("undone");
                      throw new IllegalArgumentException("the cause did not happen");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(outbox.dispatcher(sent::add).dispatchDue()).isZero();
    assertThat(outbox.record("undone")).isTrue();
  }

  @Test
  void isNotRecordedWithoutATransactionOrAKeyOrItsData() {
    assertThatThrownBy(
            () ->
                outbox.notices.record(
                    "k",
                    outbox.tenant,
                    "a@example.com",
                    NoticeTemplate.TERMINATED,
                    Map.of("name", "x"),
                    outbox.clock.instant()))
        .isInstanceOf(IllegalStateException.class);
    for (String key : List.of("", "two words", "ключ", "x\r\nBcc: all", "k".repeat(201))) {
      assertThatThrownBy(() -> outbox.record(key)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () ->
                outbox.record(
                    "k", "a@example.com", NoticeTemplate.INVITATION, Map.of("name", "Toko")))
        .hasMessage("notice invitation lacks [link]");
  }

  @Test
  void oneOfManyConcurrentRecordingsStands() throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(i -> () -> outbox.record("k"))
              .toList();
      int recorded = 0;
      for (var call : threads.invokeAll(calls)) {
        recorded += call.get() ? 1 : 0;
      }
      assertThat(recorded).isEqualTo(1);
    }
  }

  @Test
  void severalDispatchersShareTheWork() throws Exception {
    int count = 60;
    IntStream.range(0, count).forEach(i -> outbox.record("shared/" + i));
    Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    Notifier notifier =
        notice ->
            attempts.computeIfAbsent(notice.key(), k -> new AtomicInteger()).incrementAndGet();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 4)
              .<Callable<Integer>>mapToObj(i -> () -> outbox.dispatcher(notifier).dispatchDue())
              .toList();
      int sum = 0;
      for (var call : threads.invokeAll(calls)) {
        sum += call.get();
      }
      assertThat(sum).isEqualTo(count);
    }
    assertThat(attempts).hasSize(count);
    assertThat(attempts.values()).allMatch(times -> times.get() == 1);
  }

  @Test
  void aFailureIsTriedAgainLaterAndLater() {
    outbox.record("k");
    NoticeDispatcher dispatcher =
        outbox.dispatcher(
            notice -> {
              throw new IllegalStateException("no way out", new java.io.IOException("refused"));
            });
    for (int minutes : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360)) {
      assertThat(dispatcher.dispatchDue()).isEqualTo(1);
      assertThat(dispatcher.idle()).isTrue();
      Notice failed = outbox.find("k");
      assertThat(failed.lastError())
          .isEqualTo("IllegalStateException: no way out; IOException: refused");
      assertThat(failed.lastAttemptAt()).isEqualTo(outbox.clock.instant());
      Duration wait = Duration.ofMinutes(minutes);
      assertThat(failed.nextAttemptAt()).isEqualTo(outbox.clock.instant().plus(wait));
      assertThat(outbox.in(outbox.notices::nextAttempt)).contains(failed.nextAttemptAt());
      outbox.clock.advance(wait.minusMillis(1));
      assertThat(dispatcher.dispatchDue()).isZero();
      outbox.clock.advance(Duration.ofMillis(1));
    }
    assertThat(outbox.dispatcher(sent::add).dispatchDue()).isEqualTo(1);
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
    assertThat(outbox.find("k").lastError()).isNull();
  }

  @Test
  void isGivenUpVisiblyAndCanBeTakenUpAgain() {
    outbox.record("k");
    NoticeDispatcher dispatcher =
        outbox.dispatcher(
            notice -> {
              throw new IllegalStateException("x".repeat(2000));
            });
    for (int i = 0; i < Outbox.SETTINGS.attempts(); i++) {
      assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.WAITING);
      assertThat(dispatcher.dispatchDue()).isEqualTo(1);
      outbox.clock.advance(Outbox.SETTINGS.longestRetry());
    }
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.GIVEN_UP);
    assertThat(outbox.find("k").lastError()).hasSize(500);
    assertThat(dispatcher.dispatchDue()).isZero();
    assertThat(outbox.in(outbox.notices::givenUp)).isEqualTo(1);

    assertThat(outbox.in(() -> outbox.notices.retry(NoticeId.derive("k")))).isTrue();
    outbox.dispatcher(sent::add).dispatchDue();
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
    assertThat(outbox.in(() -> outbox.notices.retry(NoticeId.derive("k")))).isFalse();
  }

  @Test
  void aSenderThatDiesAfterSendingLosesNothing() {
    outbox.record("k");
    NoticeDispatcher dying =
        outbox.dispatcher(
            notice -> {
              sent.add(notice);
              throw new Error("killed between sending and marking");
            });
    assertThatThrownBy(dying::dispatchDue).isInstanceOf(Error.class);
    assertThat(outbox.find("k").attempts()).isEqualTo(1);

    NoticeDispatcher next = outbox.dispatcher(sent::add);
    assertThat(next.dispatchDue()).as("not while the first may still be at it").isZero();
    outbox.clock.advance(Duration.ofMinutes(1));
    assertThat(next.dispatchDue()).isEqualTo(1);

    assertThat(sent).extracting(Notice::id).hasSize(2).containsOnly(NoticeId.derive("k"));
    assertThat(outbox.find("k").status()).isEqualTo(Notice.Status.SENT);
  }

  @Test
  void aSecretIsForgottenOnceSent() {
    outbox.record(
        "invitation/1",
        "a@example.com",
        NoticeTemplate.INVITATION,
        Map.of("name", "Toko", "link", "https://x/invitations/s3cret", "country", "ID"));
    outbox.dispatcher(sent::add).dispatchDue();

    assertThat(sent.getFirst().text().body()).contains("https://x/invitations/s3cret");
    assertThat(outbox.find("invitation/1").data())
        .isEqualTo(Map.of("name", "Toko", "country", "ID"));
    assertThat(outbox.find("invitation/1").toString()).doesNotContain("a@example.com");
  }

  @Test
  void waitsForItsTime() {
    outbox.in(
        () ->
            outbox.notices.record(
                "later",
                outbox.tenant,
                "a@example.com",
                NoticeTemplate.TERMINATED,
                Map.of("name", "x"),
                outbox.clock.instant().plus(Duration.ofDays(1))));
    NoticeDispatcher dispatcher = outbox.dispatcher(sent::add);
    assertThat(dispatcher.idle()).isTrue();
    assertThat(dispatcher.dispatchDue()).isZero();
    outbox.clock.advance(Duration.ofDays(1));
    assertThat(dispatcher.idle()).isFalse();
    assertThat(dispatcher.dispatchDue()).isEqualTo(1);
  }

  @Test
  void whatIsOnItsWayIsNotIdle() throws Exception {
    outbox.record("k");
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    NoticeDispatcher dispatcher =
        outbox.dispatcher(
            notice -> {
              sending.countDown();
              goOn.await();
            });
    Thread thread = Thread.ofPlatform().start(dispatcher::dispatchDue);
    assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(outbox.in(() -> outbox.notices.due(outbox.clock.instant()))).isZero();
    assertThat(dispatcher.idle()).isFalse();
    goOn.countDown();
    thread.join();
    assertThat(dispatcher.idle()).isTrue();
  }

  @Test
  void aRunningDispatcherIsWokenByTheCommit() {
    NoticeDispatcher dispatcher = outbox.dispatcher(notice -> {});
    dispatcher.start();
    try {
      assertThat(dispatcher.isRunning()).isTrue();
      outbox.record("k");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> outbox.find("k").status() == Notice.Status.SENT);
    } finally {
      dispatcher.stop();
    }
    assertThat(dispatcher.isRunning()).isFalse();
  }

  @Test
  void aTenantSeesItsOwnOnly() {
    for (int i = 0; i < 5; i++) {
      outbox.record("mine/" + i);
      outbox.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(
            outbox.in(
                () -> {
                  scope(TenantId.next().value());
                  return outbox.notices.of(outbox.tenant, Optional.empty(), 10);
                }))
        .isEmpty();
    assertThat(
            outbox.in(
                () -> {
                  scope("");
                  return outbox.notices.of(outbox.tenant, Optional.empty(), 10);
                }))
        .isEmpty();
    List<Notice> first =
        outbox.in(
            () -> {
              scope(outbox.tenant.value());
              return outbox.notices.of(outbox.tenant, Optional.empty(), 3);
            });
    assertThat(first).extracting(Notice::key).containsExactly("mine/4", "mine/3", "mine/2");
    assertThat(
            outbox.in(() -> outbox.notices.of(outbox.tenant, Optional.of(first.getLast().id()), 3)))
        .extracting(Notice::key)
        .containsExactly("mine/1", "mine/0");
  }

  private void scope(String scope) {
    outbox.database.queryForObject(
        "SELECT set_config('ledger.scope', ?, true)", String.class, scope);
  }
}
