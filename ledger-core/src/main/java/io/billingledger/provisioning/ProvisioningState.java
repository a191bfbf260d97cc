package io.billingledger.provisioning;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
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
import io.billingledger.provisioning.ProvisioningRejection.ProvisioningUnknown;
import io.billingledger.tenant.DeploymentType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A tenant's provisioning as its history tells it. */
public sealed interface ProvisioningState {

  ProvisioningState NONE = new None();

  record None() implements ProvisioningState {}

  /**
   * @param operations in the order asked; the number of one is its place, from 1
   * @param causes of the operations that were asked for
   */
  record Known(
      ProvisioningId provisioningId,
      TenantId tenantId,
      DeploymentType deploymentType,
      List<Operation> operations,
      Set<String> causes)
      implements ProvisioningState {

    /** The operation whose turn it is. */
    Optional<Operation> current() {
      return operations.stream().filter(Operation::isOpen).findFirst();
    }

    Optional<Operation> last(Set<ProvisioningAction> ofAny) {
      return operations.stream()
          .filter(operation -> ofAny.contains(operation.action()))
          .reduce((_, later) -> later);
    }

    /** Over all operations: DONE when none is open. */
    public ProvisioningStatus status() {
      return current().map(Operation::status).orElse(ProvisioningStatus.DONE);
    }

    private Known with(int operation, UnaryOperator<Operation> change) {
      List<Operation> changed = new ArrayList<>(operations);
      changed.set(operation - 1, change.apply(changed.get(operation - 1)));
      return new Known(provisioningId, tenantId, deploymentType, List.copyOf(changed), causes);
    }

    private Known with(int operation, String step, UnaryOperator<Task> change) {
      return with(
          operation,
          it ->
              it.withTasks(
                  it.tasks().stream()
                      .map(task -> task.step().equals(step) ? change.apply(task) : task)
                      .toList()));
    }
  }

  /**
   * @param superseded by a later operation: what has not begun is not done any more
   */
  record Operation(
      int number,
      ProvisioningAction action,
      List<Task> tasks,
      boolean completed,
      boolean superseded,
      Instant requestedAt) {

    /** Not completed, and something to be done or to wait for. */
    boolean isOpen() {
      return !completed && (!superseded || active().isPresent());
    }

    /** The task that is being done, or waits to be tried again, or is stuck. */
    Optional<Task> active() {
      return tasks.stream().filter(task -> task.status().isActive()).findFirst();
    }

    Optional<Task> next() {
      return tasks.stream().filter(task -> task.status() == TaskStatus.PLANNED).findFirst();
    }

    Optional<Task> task(String step) {
      return tasks.stream().filter(task -> task.step().equals(step)).findFirst();
    }

    ProvisioningStatus status() {
      if (tasks.stream().anyMatch(task -> task.status() == TaskStatus.FAILED)) {
        return ProvisioningStatus.FAILED;
      }
      boolean begun = tasks.stream().anyMatch(Task::isBegun);
      return begun ? ProvisioningStatus.IN_PROGRESS : ProvisioningStatus.PENDING;
    }

    Operation withTasks(List<Task> changed) {
      return new Operation(number, action, changed, completed, superseded, requestedAt);
    }
  }

  /**
   * @param attempt of the present or last attempt, from 1 over all rounds; 0 before the first
   * @param tries attempts in the present round
   */
  record Task(String step, TaskStatus status, int attempt, int tries, int round) {
    boolean isBegun() {
      return attempt > 1 || status != TaskStatus.PLANNED && status != TaskStatus.QUEUED;
    }

    Task now(TaskStatus changed) {
      return new Task(step, changed, attempt, tries, round);
    }
  }

  default ProvisioningState evolve(ProvisioningEvent event) {
    return switch (event) {
      case ProvisioningRequested e -> {
        List<Operation> operations = new ArrayList<>();
        Set<String> causes = new HashSet<>();
        if (this instanceof Known before) {
          operations.addAll(before.operations());
          causes.addAll(before.causes());
        }
        operations.add(
            new Operation(e.operation(), e.action(), planned(e.steps()), false, false, e.at()));
        causes.add(e.cause());
        yield new Known(
            e.provisioningId(),
            e.tenantId(),
            e.deploymentType(),
            List.copyOf(operations),
            Set.copyOf(causes));
      }
      case RerunRequested _, ProvisioningStatusChanged _ -> this;
      case StepsAdded e ->
          known()
              .with(
                  e.operation(),
                  it -> {
                    List<Task> tasks = new ArrayList<>(it.tasks());
                    tasks.addAll(planned(e.steps()));
                    return new Operation(
                        it.number(),
                        it.action(),
                        List.copyOf(tasks),
                        false,
                        it.superseded(),
                        it.requestedAt());
                  });
      case TaskQueued e ->
          known()
              .with(
                  e.operation(),
                  e.step(),
                  task ->
                      new Task(
                          task.step(),
                          TaskStatus.QUEUED,
                          e.attempt(),
                          e.round() == task.round() ? task.tries() + 1 : 1,
                          e.round()));
      case TaskStarted e ->
          known().with(e.operation(), e.step(), task -> task.now(TaskStatus.RUNNING));
      case TaskSucceeded e ->
          known().with(e.operation(), e.step(), task -> task.now(TaskStatus.SUCCEEDED));
      case TaskFailed e -> known().with(e.operation(), it -> failed(it, e));
      case ProvisioningSuperseded e ->
          known()
              .with(
                  e.operation(),
                  it ->
                      new Operation(
                          it.number(),
                          it.action(),
                          it.tasks().stream().map(ProvisioningState::givenUp).toList(),
                          it.completed(),
                          true,
                          it.requestedAt()));
      case ProvisioningCompleted e ->
          known()
              .with(
                  e.operation(),
                  it ->
                      new Operation(
                          it.number(),
                          it.action(),
                          it.tasks(),
                          true,
                          it.superseded(),
                          it.requestedAt()));
    };
  }

  /**
   * @throws Rejected {@code provisioning.unknown}
   */
  default Known known() {
    return switch (this) {
      case Known known -> known;
      case None _ -> throw new Rejected(new ProvisioningUnknown());
    };
  }

  private static Operation failed(Operation operation, TaskFailed failure) {
    TaskStatus status =
        operation.superseded()
            ? TaskStatus.SUPERSEDED
            : failure.retryAt() == null ? TaskStatus.FAILED : TaskStatus.RETRYING;
    return operation.withTasks(
        operation.tasks().stream()
            .map(task -> task.step().equals(failure.step()) ? task.now(status) : task)
            .toList());
  }

  private static Task givenUp(Task task) {
    return switch (task.status()) {
      case RUNNING, SUCCEEDED -> task;
      case PLANNED, QUEUED, RETRYING, FAILED, SUPERSEDED -> task.now(TaskStatus.SUPERSEDED);
    };
  }

  private static List<Task> planned(List<String> steps) {
    return steps.stream().map(step -> new Task(step, TaskStatus.PLANNED, 0, 0, 1)).toList();
  }
}
