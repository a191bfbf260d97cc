package io.billingledger.view.provisioning;

import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningEvent;
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
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.provisioning.TaskStatus;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.view.StreamRow;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A tenant's provisioning with all its tasks. */
@Entity
@Table(name = "view_provisioning")
public class TenantProvisioningRow extends StreamRow<ProvisioningEvent> {
  @Id private String provisioningId;
  private String tenantId;

  @Enumerated(EnumType.STRING)
  private DeploymentType deploymentType;

  @Enumerated(EnumType.STRING)
  private ProvisioningStatus status = ProvisioningStatus.PENDING;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "provisioning_id", insertable = false, updatable = false)
  @OrderBy("operation, place")
  private List<ProvisioningTaskRow> tasks = new ArrayList<>();

  @Override
  protected void apply(ProvisioningEvent event) {
    switch (event) {
      case ProvisioningRequested e -> {
        provisioningId = e.provisioningId().value();
        tenantId = e.tenantId().value();
        deploymentType = e.deploymentType();
        plan(e, e.operation(), e.action(), e.steps());
      }
      case StepsAdded e -> plan(e, e.operation(), e.action(), e.steps());
      case TaskQueued e -> {
        ProvisioningTaskRow task = task(e.operation(), e.step());
        task.status = TaskStatus.QUEUED;
        task.attempts = e.attempt();
        task.queuedAt = e.at();
        task.startedAt = null;
        task.finishedAt = null;
        task.retryAt = null;
      }
      case TaskStarted e -> {
        ProvisioningTaskRow task = task(e.operation(), e.step());
        task.status = TaskStatus.RUNNING;
        task.startedAt = e.at();
      }
      case TaskSucceeded e -> {
        ProvisioningTaskRow task = task(e.operation(), e.step());
        task.status = TaskStatus.SUCCEEDED;
        task.note = e.note();
        task.finishedAt = e.at();
      }
      case TaskFailed e -> {
        ProvisioningTaskRow task = task(e.operation(), e.step());
        task.status = e.retryAt() == null ? TaskStatus.FAILED : TaskStatus.RETRYING;
        task.error = e.error();
        task.retryAt = e.retryAt();
        task.finishedAt = e.at();
      }
      case ProvisioningSuperseded e ->
          tasks.stream()
              .filter(task -> task.operation() == e.operation())
              .filter(
                  task -> task.status != TaskStatus.SUCCEEDED && task.status != TaskStatus.RUNNING)
              .forEach(
                  task -> {
                    task.status = TaskStatus.SUPERSEDED;
                    task.retryAt = null;
                  });
      case ProvisioningStatusChanged e -> status = e.status();
      case ProvisioningCompleted _, RerunRequested _ -> {}
    }
  }

  public String tenantId() {
    return tenantId;
  }

  public DeploymentType deploymentType() {
    return deploymentType;
  }

  public ProvisioningStatus status() {
    return status;
  }

  /** In the order of their operations and steps. */
  public List<ProvisioningTaskRow> tasks() {
    return tasks.stream().sorted(Comparator.comparingInt(ProvisioningTaskRow::operation)).toList();
  }

  private void plan(
      ProvisioningEvent event, int operation, ProvisioningAction action, List<String> steps) {
    for (String step : steps) {
      tasks.add(
          new ProvisioningTaskRow(
              event.provisioningId(),
              event.tenantId().value(),
              operation,
              tasks.size(),
              action,
              step));
    }
  }

  private ProvisioningTaskRow task(int operation, String step) {
    return tasks.stream()
        .filter(task -> task.operation() == operation && task.step().equals(step))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("no task %d/%s was planned".formatted(operation, step)));
  }
}
