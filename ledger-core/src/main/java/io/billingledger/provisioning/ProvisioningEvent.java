package io.billingledger.provisioning;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.DeploymentType;
import java.time.Instant;
import java.util.List;

/** What happened in a tenant's provisioning. Operations are numbered from 1 in the order asked. */
public sealed interface ProvisioningEvent extends LedgerEvent {
  ProvisioningId provisioningId();

  TenantId tenantId();

  Instant at();

  /**
   * @param cause id of the event, or the person, that asked for it
   */
  @EventType(name = "provisioning.requested")
  record ProvisioningRequested(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      DeploymentType deploymentType,
      List<String> steps,
      String cause,
      Instant at)
      implements ProvisioningEvent {}

  /** By hand (G11). */
  @EventType(name = "provisioning.rerun-requested")
  record RerunRequested(ProvisioningId provisioningId, TenantId tenantId, String by, Instant at)
      implements ProvisioningEvent {}

  /** Steps that came into the settings after the operation was asked for. */
  @EventType(name = "provisioning.steps-added")
  record StepsAdded(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      List<String> steps,
      Instant at)
      implements ProvisioningEvent {}

  /**
   * The intent: somebody is to do it now.
   *
   * @param attempt from 1, over all rounds
   * @param round 1, and one more after each rerun by hand, which gives it all attempts anew
   */
  @EventType(name = "provisioning.task-queued")
  record TaskQueued(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      String step,
      int attempt,
      int round,
      Instant at)
      implements ProvisioningEvent {}

  @EventType(name = "provisioning.task-started")
  record TaskStarted(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      String step,
      int attempt,
      Instant at)
      implements ProvisioningEvent {}

  @EventType(name = "provisioning.task-succeeded")
  record TaskSucceeded(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      String step,
      int attempt,
      String note,
      Instant at)
      implements ProvisioningEvent {}

  /**
   * @param retryAt when it is tried again; null when it is not
   */
  @EventType(name = "provisioning.task-failed")
  record TaskFailed(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      String step,
      int attempt,
      String error,
      Instant retryAt,
      Instant at)
      implements ProvisioningEvent {}

  /** What is left of the operation is not done any more; an attempt that is running may end. */
  @EventType(name = "provisioning.superseded")
  record ProvisioningSuperseded(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      int byOperation,
      Instant at)
      implements ProvisioningEvent {}

  /** All steps of the operation succeeded. */
  @EventType(name = "provisioning.completed")
  record ProvisioningCompleted(
      ProvisioningId provisioningId,
      TenantId tenantId,
      int operation,
      ProvisioningAction action,
      Instant at)
      implements ProvisioningEvent {}

  /** The status over all operations; {@code PENDING} goes without saying at the beginning. */
  @EventType(name = "provisioning.status-changed")
  record ProvisioningStatusChanged(
      ProvisioningId provisioningId, TenantId tenantId, ProvisioningStatus status, Instant at)
      implements ProvisioningEvent {}
}
