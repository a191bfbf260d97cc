package io.billingledger.provisioning;

import io.billingledger.kernel.Rejected;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.Change;
import io.billingledger.provisioning.ProvisioningCommand.CompleteTask;
import io.billingledger.provisioning.ProvisioningCommand.FailTask;
import io.billingledger.provisioning.ProvisioningCommand.PurgeProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.RerunProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.RetryTask;
import io.billingledger.provisioning.ProvisioningCommand.StartTask;
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
import io.billingledger.provisioning.ProvisioningRejection.NotTerminated;
import io.billingledger.provisioning.ProvisioningRejection.PurgedAlready;
import io.billingledger.provisioning.ProvisioningRejection.RetentionNotOver;
import io.billingledger.provisioning.ProvisioningState.Known;
import io.billingledger.provisioning.ProvisioningState.Operation;
import io.billingledger.provisioning.ProvisioningState.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what happens in a provisioning. While a decision is made each event is applied at once;
 * every decision ends in {@link #advance}, which queues what is to be done next, and says when the
 * status over all has changed.
 */
final class ProvisioningDecider {
  private final Instant at;
  private final List<ProvisioningEvent> events = new ArrayList<>();
  private final ProvisioningStatus before;
  private ProvisioningState state;

  ProvisioningDecider(ProvisioningState state, Instant at) {
    this.state = state;
    this.at = at;
    this.before = state instanceof Known known ? known.status() : ProvisioningStatus.PENDING;
  }

  List<ProvisioningEvent> events() {
    return List.copyOf(events);
  }

  ProvisioningDecider decide(BeginProvisioning c, ProvisioningRules rules) {
    add(
        new ProvisioningRequested(
            c.provisioningId(),
            c.tenantId(),
            1,
            ProvisioningAction.CREATE,
            c.deploymentType(),
            rules.steps(c.deploymentType(), ProvisioningAction.CREATE),
            c.cause(),
            at));
    return advance();
  }

  ProvisioningDecider decide(Change c, ProvisioningRules rules) {
    Known known = state.known();
    if (known.causes().contains(c.cause()) || !changes(known, c.action())) {
      return this;
    }
    request(c.action(), c.cause(), rules);
    return advance();
  }

  ProvisioningDecider decide(PurgeProvisioned c, ProvisioningRules rules) {
    Known known = state.known();
    if (known.last(EnumSet.of(ProvisioningAction.PURGE)).isPresent()) {
      throw new Rejected(new PurgedAlready(known.tenantId()));
    }
    Operation terminated =
        known
            .last(EnumSet.of(ProvisioningAction.TERMINATE))
            .orElseThrow(() -> new Rejected(new NotTerminated(known.tenantId())));
    Instant keptUntil = terminated.requestedAt().plus(rules.retention());
    if (at.isBefore(keptUntil)) {
      throw new Rejected(new RetentionNotOver(known.tenantId(), keptUntil));
    }
    request(ProvisioningAction.PURGE, "purge by " + c.by(), rules);
    return advance();
  }

  ProvisioningDecider decide(RerunProvisioning c, ProvisioningRules rules) {
    Known known = state.known();
    List<String> missing = missingSteps(known, rules);
    Optional<Operation> current = known.current();
    Optional<Task> stuck = current.flatMap(Operation::active).filter(ProvisioningDecider::waits);
    if (missing.isEmpty() && stuck.isEmpty()) {
      return this;
    }
    add(new RerunRequested(known.provisioningId(), known.tenantId(), c.by(), at));
    if (!missing.isEmpty()) {
      add(
          new StepsAdded(
              known.provisioningId(), known.tenantId(), 1, ProvisioningAction.CREATE, missing, at));
    }
    stuck.ifPresent(task -> queue(current.orElseThrow(), task, task.round() + 1));
    return advance();
  }

  /** The answer is whether the attempt is wanted. */
  boolean decide(StartTask c) {
    Optional<Task> present = present(c);
    boolean queued = present.filter(task -> task.status() == TaskStatus.QUEUED).isPresent();
    if (queued) {
      Known known = state.known();
      add(
          new TaskStarted(
              known.provisioningId(),
              known.tenantId(),
              c.operation(),
              action(c),
              c.step(),
              c.attempt(),
              at));
      advance();
    }
    return queued || present.filter(task -> task.status() == TaskStatus.RUNNING).isPresent();
  }

  ProvisioningDecider decide(CompleteTask c) {
    return present(c).filter(ProvisioningDecider::isBeingDone).isEmpty()
        ? this
        : add(new TaskSucceeded(
                state.known().provisioningId(),
                state.known().tenantId(),
                c.operation(),
                action(c),
                c.step(),
                c.attempt(),
                c.note(),
                at))
            .advance();
  }

  ProvisioningDecider decide(FailTask c, RetryPolicy retries) {
    Optional<Task> present = present(c).filter(ProvisioningDecider::isBeingDone);
    if (present.isEmpty()) {
      return this;
    }
    Known known = state.known();
    boolean again = c.retryable() && !known.operations().get(c.operation() - 1).superseded();
    Instant retryAt =
        again ? retries.delayAfter(present.get().tries()).map(at::plus).orElse(null) : null;
    return add(new TaskFailed(
            known.provisioningId(),
            known.tenantId(),
            c.operation(),
            action(c),
            c.step(),
            c.attempt(),
            c.error(),
            retryAt,
            at))
        .advance();
  }

  ProvisioningDecider decide(RetryTask c) {
    present(c)
        .filter(task -> task.status() == TaskStatus.RETRYING)
        .ifPresent(
            task -> queue(state.known().operations().get(c.operation() - 1), task, task.round()));
    return advance();
  }

  /** Completes what is done, and queues the next step when nothing is under way. */
  private ProvisioningDecider advance() {
    Optional<Operation> current = state.known().current();
    while (current.isPresent() && current.get().active().isEmpty()) {
      Operation operation = current.get();
      Optional<Task> next = operation.next();
      if (next.isPresent()) {
        queue(operation, next.get(), next.get().round());
      } else {
        add(
            new ProvisioningCompleted(
                state.known().provisioningId(),
                state.known().tenantId(),
                operation.number(),
                operation.action(),
                at));
      }
      current = state.known().current();
    }
    ProvisioningStatus now = state.known().status();
    boolean said = events.stream().anyMatch(event -> event instanceof ProvisioningStatusChanged);
    if (now != before && !said) {
      add(
          new ProvisioningStatusChanged(
              state.known().provisioningId(), state.known().tenantId(), now, at));
    }
    return this;
  }

  private void request(ProvisioningAction action, String cause, ProvisioningRules rules) {
    Known known = state.known();
    int number = known.operations().size() + 1;
    add(
        new ProvisioningRequested(
            known.provisioningId(),
            known.tenantId(),
            number,
            action,
            known.deploymentType(),
            rules.steps(known.deploymentType(), action),
            cause,
            at));
    known.operations().stream()
        .filter(it -> it.isOpen() && !it.superseded() && action.supersedes(it.action()))
        .forEach(
            it ->
                add(
                    new ProvisioningSuperseded(
                        known.provisioningId(),
                        known.tenantId(),
                        it.number(),
                        it.action(),
                        number,
                        at)));
  }

  private void queue(Operation operation, Task task, int round) {
    add(
        new TaskQueued(
            state.known().provisioningId(),
            state.known().tenantId(),
            operation.number(),
            operation.action(),
            task.step(),
            task.attempt() + 1,
            round,
            at));
  }

  /** Whether the action asks for something that is not so, or asked for, already. */
  private static boolean changes(Known known, ProvisioningAction action) {
    boolean terminated =
        known.last(EnumSet.of(ProvisioningAction.TERMINATE, ProvisioningAction.PURGE)).isPresent();
    Optional<ProvisioningAction> hold =
        known
            .last(EnumSet.of(ProvisioningAction.SUSPEND, ProvisioningAction.UNSUSPEND))
            .map(Operation::action);
    return !terminated
        && switch (action) {
          case SUSPEND -> !hold.equals(Optional.of(ProvisioningAction.SUSPEND));
          case UNSUSPEND -> hold.equals(Optional.of(ProvisioningAction.SUSPEND));
          case TERMINATE -> true;
          case CREATE, PURGE -> false;
        };
  }

  /** Of the first operation, while no later one is under way and the tenant is not terminated. */
  private static List<String> missingSteps(Known known, ProvisioningRules rules) {
    boolean laterOne = known.current().filter(it -> it.number() > 1).isPresent();
    boolean terminated =
        known.last(EnumSet.of(ProvisioningAction.TERMINATE, ProvisioningAction.PURGE)).isPresent();
    if (laterOne || terminated) {
      return List.of();
    }
    Set<String> planned =
        Set.copyOf(known.operations().getFirst().tasks().stream().map(Task::step).toList());
    return rules.steps(known.deploymentType(), ProvisioningAction.CREATE).stream()
        .filter(step -> !planned.contains(step))
        .toList();
  }

  private Optional<Task> present(ProvisioningCommand.AboutAttempt c) {
    List<Operation> operations = state.known().operations();
    return c.operation() < 1 || c.operation() > operations.size()
        ? Optional.empty()
        : operations
            .get(c.operation() - 1)
            .task(c.step())
            .filter(task -> task.attempt() == c.attempt());
  }

  private ProvisioningAction action(ProvisioningCommand.AboutAttempt c) {
    return state.known().operations().get(c.operation() - 1).action();
  }

  private static boolean isBeingDone(Task task) {
    return task.status() == TaskStatus.QUEUED || task.status() == TaskStatus.RUNNING;
  }

  private static boolean waits(Task task) {
    return task.status() == TaskStatus.FAILED || task.status() == TaskStatus.RETRYING;
  }

  private ProvisioningDecider add(ProvisioningEvent event) {
    events.add(event);
    state = state.evolve(event);
    return this;
  }
}
