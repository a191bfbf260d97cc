package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupCommitTest {
  private final ExecutorService callers = Executors.newFixedThreadPool(16);
  private final List<List<Integer>> groups = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void everybodyLeaves() {
    open.countDown();
    callers.close();
  }

  @Test
  void whoeverIsAloneIsServedAtOnceOnTheOwnThread() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    GroupCommit<Integer, Integer> group =
        new GroupCommit<>(
            64,
            1,
            asked -> {
              worker.set(Thread.currentThread());
              return asked;
            });
    assertThat(group.perform(7)).isEqualTo(7);
    assertThat(worker.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void whoeverComesMeanwhileIsServedTogetherInTheOrderOfComing() throws Exception {
    GroupCommit<Integer, String> group = new GroupCommit<>(3, 1, this::gated);
    List<Future<String>> answers = arriving(group, 6);
    open.countDown();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo("done " + i);
    }
    assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
  }

  @Test
  void aFailureIsToldToEverybodyInTheGroupAndToNobodyElse() throws Exception {
    GroupCommit<Integer, String> group =
        new GroupCommit<>(
            64,
            1,
            asked -> {
              List<String> answers = gated(asked);
              if (asked.contains(2)) {
                throw new IllegalArgumentException("no");
              }
              return answers;
            });
    List<Future<String>> answers = arriving(group, 4);
    open.countDown();
    assertThat(answers.getFirst().get()).isEqualTo("done 0");
    for (Future<String> failed : answers.subList(1, 4)) {
      assertThatThrownBy(failed::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("no");
    }
    assertThat(group.perform(9)).isEqualTo("done 9");
  }

  @Test
  void whoeverIsInterruptedGetsTheAnswerAndStaysInterrupted() throws Exception {
    GroupCommit<Integer, String> group = new GroupCommit<>(64, 1, this::gated);
    Future<String> first = callers.submit(() -> group.perform(0));
    begun.await();
    AtomicReference<Thread> waiting = new AtomicReference<>();
    Future<String> second =
        callers.submit(
            () -> {
              waiting.set(Thread.currentThread());
              return group.perform(1) + " " + Thread.currentThread().isInterrupted();
            });
    await().until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
    waiting.get().interrupt();
    open.countDown();
    assertThat(first.get()).isEqualTo("done 0");
    assertThat(second.get()).isEqualTo("done 1 true");
  }

  @Test
  void aSecondGroupNeedNotWaitForTheFirstWhereTwoMayBeUnderWay() throws Exception {
    GroupCommit<Integer, String> group = new GroupCommit<>(64, 2, this::gated);
    List<Future<String>> first = List.of(callers.submit(() -> group.perform(0)));
    begun.await();
    Future<String> second = callers.submit(() -> group.perform(1));
    await().until(() -> groupsSoFar().size() == 2);
    List<Future<String>> others = waiting(group, 2, 4);
    assertThat(groupsSoFar()).containsExactly(List.of(0), List.of(1));
    open.countDown();
    assertThat(first.getFirst().get()).isEqualTo("done 0");
    assertThat(second.get()).isEqualTo("done 1");
    assertThat(others.getFirst().get()).isEqualTo("done 2");
    assertThat(others.getLast().get()).isEqualTo("done 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noMoreGroupsAreUnderWayThanMayBeAndNobodyIsForgotten(int atOnce) throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    GroupCommit<Integer, Integer> group =
        new GroupCommit<>(
            5,
            atOnce,
            asked -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              Thread.yield();
              underWay.decrementAndGet();
              return asked.stream().map(each -> -each).toList();
            });
    List<Future<Integer>> answers =
        IntStream.range(0, 20_000)
            .mapToObj(number -> callers.submit(() -> group.perform(number)))
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo(-i);
    }
    assertThat(most.get()).isEqualTo(atOnce);
  }

  /** The first group waits until the gate opens. */
  private List<String> gated(List<Integer> asked) {
    synchronized (groups) {
      groups.add(asked);
    }
    begun.countDown();
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return asked.stream().map(number -> "done " + number).toList();
  }

  /** One who begins, and others who come one after the other while that is under way. */
  private List<Future<String>> arriving(GroupCommit<Integer, String> group, int count)
      throws Exception {
    Future<String> first = callers.submit(() -> group.perform(0));
    begun.await();
    return Stream.concat(Stream.of(first), waiting(group, 1, count).stream()).toList();
  }

  /** Who come one after the other, while nobody has time for them. */
  private List<Future<String>> waiting(GroupCommit<Integer, String> group, int from, int to) {
    List<Future<String>> others = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int number = i;
      AtomicReference<Thread> caller = new AtomicReference<>();
      others.add(
          callers.submit(
              () -> {
                caller.set(Thread.currentThread());
                return group.perform(number);
              }));
      await().until(() -> caller.get() != null && caller.get().getState() == Thread.State.WAITING);
    }
    return others;
  }

  private List<List<Integer>> groupsSoFar() {
    synchronized (groups) {
      return List.copyOf(groups);
    }
  }
}
