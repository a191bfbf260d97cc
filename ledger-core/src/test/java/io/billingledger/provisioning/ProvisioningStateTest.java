package io.billingledger.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.CompleteTask;
import io.billingledger.provisioning.ProvisioningCommand.FailTask;
import io.billingledger.provisioning.ProvisioningCommand.PurgeProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.RerunProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.RetryTask;
import io.billingledger.provisioning.ProvisioningCommand.StartTask;
import io.billingledger.provisioning.ProvisioningCommand.SuspendProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.TerminateProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.UnsuspendProvisioned;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningCompleted;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningRequested;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningStatusChanged;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningSuperseded;
import io.billingledger.provisioning.ProvisioningEvent.RerunRequested;
import io.billingledger.provisioning.ProvisioningEvent.StepsAdded;
import io.billingledger.provisioning.ProvisioningEvent.TaskFailed;
import io.billingledger.provisioning.ProvisioningEvent.TaskQueued;
import io.billingledger.provisioning.ProvisioningEvent.TaskStarted;
import io.billingledger.provisioning.ProvisioningEvent.TaskSucceeded;
import io.billingledger.provisioning.ProvisioningState.Known;
import io.billingledger.provisioning.ProvisioningState.Task;
import io.billingledger.tenant.DeploymentType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state with every command. Steps are {@code a} and {@code b}, two attempts each. */
class ProvisioningStateTest {
  private static final TenantId TENANT = TenantId.next();
  private static final ProvisioningId ID = ProvisioningId.of(TENANT);
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = T0.plus(Duration.ofDays(200));

  /** Tasks are written operation/step#attempt. */
  private static final String TABLE =
      """
      state          | suspend | unsuspend | terminate | purge | rerun | start | complete | fail | retry
      queued         | ask 2 SUSPEND | - | ask 2 TERMINATE, superseded 1 by 2, queued 2/b#1 | provisioning.not-terminated | - | started 1/a#1, IN_PROGRESS | succeeded 1/a#1, queued 1/b#1, IN_PROGRESS | failed 1/a#1 again, IN_PROGRESS | -
      running        | ask 2 SUSPEND | - | ask 2 TERMINATE, superseded 1 by 2 | provisioning.not-terminated | - | (wanted) | succeeded 1/a#1, queued 1/b#1 | failed 1/a#1 again | -
      between steps  | ask 2 SUSPEND | - | ask 2 TERMINATE, superseded 1 by 2, queued 2/b#1, PENDING | provisioning.not-terminated | - | started 1/b#1 | succeeded 1/b#1, completed 1, DONE | failed 1/b#1 again | -
      retrying       | ask 2 SUSPEND | - | ask 2 TERMINATE, superseded 1 by 2, queued 2/b#1, PENDING | provisioning.not-terminated | rerun, queued 1/a#2 | - | - | - | queued 1/a#2
      failed         | ask 2 SUSPEND | - | ask 2 TERMINATE, superseded 1 by 2, queued 2/b#1, PENDING | provisioning.not-terminated | rerun, queued 1/a#3, IN_PROGRESS | - | - | - | -
      done           | ask 2 SUSPEND, queued 2/a#1, PENDING | - | ask 2 TERMINATE, queued 2/b#1, PENDING | provisioning.not-terminated | - | - | - | - | -
      suspending     | - | ask 3 UNSUSPEND, superseded 2 by 3 | ask 3 TERMINATE, superseded 2 by 3 | provisioning.not-terminated | - | (wanted) | succeeded 2/a#1, queued 2/b#1 | failed 2/a#1 again | -
      suspended      | - | ask 3 UNSUSPEND, queued 3/a#1, PENDING | ask 3 TERMINATE, queued 3/b#1, PENDING | provisioning.not-terminated | - | - | - | - | -
      suspend stuck  | - | ask 3 UNSUSPEND, superseded 2 by 3, queued 3/a#1, PENDING | ask 3 TERMINATE, superseded 2 by 3, queued 3/b#1, PENDING | provisioning.not-terminated | rerun, queued 2/a#3, IN_PROGRESS | - | - | - | -
      overtaken      | - | - | - | ask 3 PURGE, superseded 2 by 3 | - | (wanted) | succeeded 1/a#1, queued 2/b#1, PENDING | failed 1/a#1, queued 2/b#1, PENDING | -
      terminated     | - | - | - | ask 3 PURGE, queued 3/b#1, PENDING | - | - | - | - | -
      purging        | - | - | - | provisioning.already-purged | - | (wanted) | succeeded 3/b#1, queued 3/a#1 | failed 3/b#1 again | -
      """;

  private static final ProvisioningRules RULES = rules("a", "b");

  @Test
  void everyCell() {
    Map<String, List<Object>> states = new LinkedHashMap<>();
    states.put("queued", List.of());
    states.put("running", List.of("start"));
    states.put("between steps", List.of("start", "complete"));
    states.put("retrying", List.of("start", "fail"));
    states.put("failed", List.of("start", "fail", "retry", "start", "fail"));
    List<Object> done = List.of("start", "complete", "start", "complete");
    states.put("done", done);
    states.put("suspending", then(done, "suspend", "start"));
    states.put("suspended", then(done, "suspend", "start", "complete", "start", "complete"));
    states.put("suspend stuck", then(done, "suspend", "fail", "retry", "fail"));
    states.put("overtaken", List.of("start", "terminate"));
    List<Object> terminated = then(done, "terminate", "complete", "complete");
    states.put("terminated", terminated);
    states.put("purging", then(terminated, "purge", "start"));

    List<String> commands =
        List.of(
            "suspend",
            "unsuspend",
            "terminate",
            "purge",
            "rerun",
            "start",
            "complete",
            "fail",
            "retry");
    StringBuilder table =
        new StringBuilder("state          | " + String.join(" | ", commands) + "\n");
    states.forEach(
        (name, history) -> {
          ProvisioningState state = after(history);
          table.append(
              "%-14s | %s\n"
                  .formatted(
                      name,
                      commands.stream()
                          .map(command -> cell(state, command))
                          .collect(Collectors.joining(" | "))));
        });
    assertThat(table.toString()).isEqualTo(TABLE);
  }

  @Test
  void beginsWithTheFirstStep() {
    assertThat(begun(RULES).events())
        .containsExactly(
            new ProvisioningRequested(
                ID,
                TENANT,
                1,
                ProvisioningAction.CREATE,
                DeploymentType.DATABASE_PER_TENANT,
                List.of("a", "b"),
                "event-1",
                T0),
            new TaskQueued(ID, TENANT, 1, ProvisioningAction.CREATE, "a", 1, 1, T0));
  }

  @Test
  void withoutStepsItIsDoneAtOnce() {
    assertThat(text(begun(rules()).events())).isEqualTo("ask 1 CREATE, completed 1, DONE");
  }

  @Test
  void nothingIsKnownBeforeItBegins() {
    for (String command : List.of("suspend", "terminate", "purge", "rerun")) {
      assertThatThrownBy(() -> decide(ProvisioningState.NONE, command, RULES, "x"))
          .isInstanceOfSatisfying(
              Rejected.class,
              refused -> assertThat(refused.rejection().code()).isEqualTo("provisioning.unknown"));
    }
  }

  @Test
  void aFailedAttemptIsTriedAgainAfterItsDelay() {
    ProvisioningState running = after(List.of("start"));
    assertThat(decide(running, "fail", RULES, "x").events())
        .containsExactly(
            new TaskFailed(
                ID,
                TENANT,
                1,
                ProvisioningAction.CREATE,
                "a",
                1,
                "no room",
                LATER.plusSeconds(10),
                LATER));
  }

  @Test
  void whatAnotherAttemptWouldNotChangeIsNotTriedAgain() {
    ProvisioningState running = after(List.of("start"));
    assertThat(
            text(
                new ProvisioningDecider(running, LATER)
                    .decide(new FailTask(ID, 1, "a", 1, "never", false, LATER), RULES.retries())
                    .events()))
        .isEqualTo("failed 1/a#1, FAILED");
  }

  @Test
  void resumesAtTheStepThatFailedWithAllAttemptsAnew() {
    ProvisioningState failed =
        after(List.of("start", "complete", "start", "fail", "retry", "start", "fail"));
    assertThat(failed.known().status()).isEqualTo(ProvisioningStatus.FAILED);
    ProvisioningDecider rerun = decide(failed, "rerun", RULES, "x");
    assertThat(text(rerun.events())).isEqualTo("rerun, queued 1/b#3, IN_PROGRESS");
    ProvisioningState running = evolve(failed, rerun.events());
    ProvisioningDecider failedAgain = decide(running, "fail", RULES, "x");
    assertThat(text(failedAgain.events())).isEqualTo("failed 1/b#3 again");
  }

  @Test
  void aRerunAddsStepsThatCameIntoTheSettingsSince() {
    ProvisioningState done = after(List.of("start", "complete", "start", "complete"));
    ProvisioningDecider rerun = decide(done, "rerun", rules("a", "c", "b"), "x");
    assertThat(text(rerun.events())).isEqualTo("rerun, added 1 [c], queued 1/c#1, IN_PROGRESS");
    ProvisioningState withC = evolve(done, rerun.events());
    assertThat(text(decide(withC, "complete", RULES, "x").events()))
        .isEqualTo("succeeded 1/c#1, completed 1, DONE");
  }

  @Test
  void followsTheSameEventOnce() {
    ProvisioningState state =
        after(
            List.of(
                "start",
                "complete",
                "start",
                "complete",
                "suspend",
                "complete",
                "complete",
                "unsuspend",
                "complete",
                "complete"));
    assertThat(decide(state, "suspend", RULES, "suspend").events()).isEmpty();
    assertThat(text(decide(state, "suspend", RULES, "another").events()))
        .isEqualTo("ask 4 SUSPEND, queued 4/a#1, PENDING");
  }

  @Test
  void anAttemptThatIsNotThePresentOneChangesNothing() {
    ProvisioningState second = after(List.of("start", "fail", "retry"));
    ProvisioningDecider late = new ProvisioningDecider(second, LATER);
    assertThat(late.decide(new CompleteTask(ID, 1, "a", 1, "late", LATER)).events()).isEmpty();
    assertThat(late.decide(new StartTask(ID, 1, "a", 1, LATER))).isFalse();
    assertThat(late.decide(new StartTask(ID, 9, "a", 1, LATER))).isFalse();
    assertThat(late.decide(new StartTask(ID, 1, "unknown", 1, LATER))).isFalse();
    assertThat(late.events()).isEmpty();
  }

  @Test
  void dataAreKeptForTheWholeRetention() {
    List<Object> terminated =
        List.of("start", "complete", "start", "complete", "terminate", "complete", "complete");
    Instant until = LATER.plus(RULES.retention());
    ProvisioningState state = after(terminated);
    assertThatThrownBy(
            () ->
                new ProvisioningDecider(state, until.minusMillis(1))
                    .decide(new PurgeProvisioned(ID, "ayu", until.minusMillis(1)), RULES))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused ->
                assertThat(refused.rejection())
                    .isEqualTo(new ProvisioningRejection.RetentionNotOver(TENANT, until)));
    assertThat(
            new ProvisioningDecider(state, until)
                .decide(new PurgeProvisioned(ID, "ayu", until), RULES)
                .events())
        .isNotEmpty();
  }

  @Test
  void delaysDoubleUpToTheLongest() {
    RetryPolicy policy = new RetryPolicy(6, Duration.ofSeconds(10), Duration.ofSeconds(60));
    assertThat(
            java.util.stream.IntStream.rangeClosed(1, 6)
                .mapToObj(policy::delayAfter)
                .map(delay -> delay.map(Duration::toSeconds).orElse(-1L)))
        .containsExactly(10L, 20L, 40L, 60L, 60L, -1L);
    assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .hasMessageContaining("attempts");
    assertThatThrownBy(() -> new RetryPolicy(2, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("delays");
  }

  private static String cell(ProvisioningState state, String command) {
    try {
      if (command.equals("start")) {
        ProvisioningDecider decider = new ProvisioningDecider(state, LATER);
        boolean wanted = decider.decide(start(present(state)));
        String events = text(decider.events());
        return wanted && events.equals("-") ? "(wanted)" : events;
      }
      Instant at = command.equals("purge") ? LATER.plus(Duration.ofDays(100)) : LATER;
      return text(decide(state, command, RULES, "cell", at).events());
    } catch (Rejected refused) {
      return refused.rejection().code();
    }
  }

  private static ProvisioningState after(List<Object> history) {
    ProvisioningState state = evolve(ProvisioningState.NONE, begun(RULES).events());
    for (Object command : history) {
      Instant at = command.equals("purge") ? LATER.plus(Duration.ofDays(100)) : LATER;
      List<ProvisioningEvent> events =
          decide(state, (String) command, RULES, (String) command, at).events();
      assertThat(events).as("%s has an effect in %s", command, history).isNotEmpty();
      state = evolve(state, events);
    }
    return state;
  }

  private static ProvisioningDecider begun(ProvisioningRules rules) {
    return new ProvisioningDecider(ProvisioningState.NONE, T0)
        .decide(
            new BeginProvisioning(ID, TENANT, DeploymentType.DATABASE_PER_TENANT, "event-1", T0),
            rules);
  }

  private static ProvisioningDecider decide(
      ProvisioningState state, String command, ProvisioningRules rules, String cause) {
    return decide(state, command, rules, cause, LATER);
  }

  private static ProvisioningDecider decide(
      ProvisioningState state, String command, ProvisioningRules rules, String cause, Instant at) {
    ProvisioningDecider decider = new ProvisioningDecider(state, at);
    return switch (command) {
      case "suspend" -> decider.decide(new SuspendProvisioned(ID, cause, at), rules);
      case "unsuspend" -> decider.decide(new UnsuspendProvisioned(ID, cause, at), rules);
      case "terminate" -> decider.decide(new TerminateProvisioned(ID, cause, at), rules);
      case "purge" -> decider.decide(new PurgeProvisioned(ID, "ayu", at), rules);
      case "rerun" -> decider.decide(new RerunProvisioning(ID, "ayu", at), rules);
      case "start" -> {
        decider.decide(start(present(state)));
        yield decider;
      }
      case "complete" -> {
        Present p = present(state);
        yield decider.decide(
            new CompleteTask(ID, p.operation(), p.step(), p.attempt(), "made", at));
      }
      case "fail" -> {
        Present p = present(state);
        yield decider.decide(
            new FailTask(ID, p.operation(), p.step(), p.attempt(), "no room", true, at),
            rules.retries());
      }
      case "retry" -> {
        Present p = present(state);
        yield decider.decide(new RetryTask(ID, p.operation(), p.step(), p.attempt(), at));
      }
      default -> throw new IllegalArgumentException(command);
    };
  }

  private static StartTask start(Present p) {
    return new StartTask(ID, p.operation(), p.step(), p.attempt(), LATER);
  }

  private record Present(int operation, String step, int attempt) {}

  /** The task under way; else the first one ever. */
  private static Present present(ProvisioningState state) {
    Known known = state.known();
    return known
        .current()
        .flatMap(
            operation ->
                operation
                    .active()
                    .map(
                        (Function<Task, Present>)
                            task -> new Present(operation.number(), task.step(), task.attempt())))
        .orElse(new Present(1, "a", 1));
  }

  private static ProvisioningState evolve(ProvisioningState state, List<ProvisioningEvent> events) {
    ProvisioningState after = state;
    for (ProvisioningEvent event : events) {
      after = after.evolve(event);
    }
    return after;
  }

  private static List<Object> then(List<Object> history, Object... more) {
    List<Object> all = new ArrayList<>(history);
    all.addAll(List.of(more));
    return all;
  }

  private static ProvisioningRules rules(String... steps) {
    return new ProvisioningRules() {
      @Override
      public List<String> steps(DeploymentType deployment, ProvisioningAction action) {
        List<String> inOrder = List.of(steps);
        return action.isBackwards() ? inOrder.reversed() : inOrder;
      }

      @Override
      public RetryPolicy retries() {
        return new RetryPolicy(2, Duration.ofSeconds(10), Duration.ofMinutes(1));
      }

      @Override
      public Duration retention() {
        return Duration.ofDays(90);
      }
    };
  }

  private static String text(List<ProvisioningEvent> events) {
    return events.isEmpty()
        ? "-"
        : events.stream()
            .map(
                event ->
                    switch (event) {
                      case ProvisioningRequested e -> "ask " + e.operation() + " " + e.action();
                      case RerunRequested _ -> "rerun";
                      case StepsAdded e -> "added " + e.operation() + " " + e.steps();
                      case TaskQueued e ->
                          "queued %d/%s#%d".formatted(e.operation(), e.step(), e.attempt());
                      case TaskStarted e ->
                          "started %d/%s#%d".formatted(e.operation(), e.step(), e.attempt());
                      case TaskSucceeded e ->
                          "succeeded %d/%s#%d".formatted(e.operation(), e.step(), e.attempt());
                      case TaskFailed e ->
                          "failed %d/%s#%d%s"
                              .formatted(
                                  e.operation(),
                                  e.step(),
                                  e.attempt(),
                                  Optional.ofNullable(e.retryAt()).map(_ -> " again").orElse(""));
                      case ProvisioningSuperseded e ->
                          "superseded %d by %d".formatted(e.operation(), e.byOperation());
                      case ProvisioningCompleted e -> "completed " + e.operation();
                      case ProvisioningStatusChanged e -> e.status().name();
                    })
            .collect(Collectors.joining(", "));
  }
}
