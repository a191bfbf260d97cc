package io.billingledger.view.provisioning;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.TaskStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One step of one operation. */
@Entity
@Table(name = "view_provisioning_task")
public class ProvisioningTaskRow {
  @Id private String taskId;

  @Column(name = "provisioning_id")
  private String provisioningId;

  private String tenantId;
  private int operation;
  private int place;

  @Enumerated(EnumType.STRING)
  private ProvisioningAction action;

  private String step;

  @Enumerated(EnumType.STRING)
  TaskStatus status = TaskStatus.PLANNED;

  int attempts;
  String note;
  String error;
  Instant queuedAt;
  Instant startedAt;
  Instant finishedAt;
  Instant retryAt;

  protected ProvisioningTaskRow() {}

  ProvisioningTaskRow(
      ProvisioningId id,
      String tenantId,
      int operation,
      int place,
      ProvisioningAction action,
      String step) {
    taskId = id + "/" + operation + "/" + step;
    provisioningId = id.value();
    this.tenantId = tenantId;
    this.operation = operation;
    this.place = place;
    this.action = action;
    this.step = step;
  }

  public int operation() {
    return operation;
  }

  /** Of the step in its operation, from 0 on. */
  public int place() {
    return place;
  }

  public ProvisioningAction action() {
    return action;
  }

  public String step() {
    return step;
  }

  public TaskStatus status() {
    return status;
  }

  /** How often it was tried, the present attempt included. */
  public int attempts() {
    return attempts;
  }

  /** What was found or made; null before that. */
  public String note() {
    return note;
  }

  /** Of the last attempt that failed; null if none did. */
  public String error() {
    return error;
  }

  public Instant queuedAt() {
    return queuedAt;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public Instant finishedAt() {
    return finishedAt;
  }

  /** When it is tried again; null unless it is to be. */
  public Instant retryAt() {
    return retryAt;
  }
}
