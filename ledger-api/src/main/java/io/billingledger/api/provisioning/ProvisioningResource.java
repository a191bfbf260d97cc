package io.billingledger.api.provisioning;

import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.provisioning.TaskStatus;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.view.provisioning.ProvisioningTaskRow;
import io.billingledger.view.provisioning.TenantProvisioningRow;
import java.time.Instant;
import java.util.List;

/** A tenant's provisioning over all operations. */
record ProvisioningResource(
    String tenantId,
    DeploymentType deploymentType,
    ProvisioningStatus provisioningStatus,
    List<Task> tasks,
    long version) {

  /**
   * One step of one operation.
   *
   * @param operation its number, in the order in which operations were asked for
   * @param error of the last attempt that failed
   * @param retryAt when it is tried again
   */
  record Task(
      int operation,
      ProvisioningAction action,
      String step,
      TaskStatus status,
      int attempts,
      String note,
      String error,
      Instant queuedAt,
      Instant startedAt,
      Instant finishedAt,
      Instant retryAt) {

    static Task of(ProvisioningTaskRow row) {
      return new Task(
          row.operation(),
          row.action(),
          row.step(),
          row.status(),
          row.attempts(),
          row.note(),
          row.error(),
          row.queuedAt(),
          row.startedAt(),
          row.finishedAt(),
          row.retryAt());
    }
  }

  static ProvisioningResource of(TenantProvisioningRow row) {
    return new ProvisioningResource(
        row.tenantId(),
        row.deploymentType(),
        row.status(),
        row.tasks().stream().map(Task::of).toList(),
        row.version());
  }
}
