package io.billingledger.provisioning;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.DeploymentType;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a tenant's provisioning. */
public sealed interface ProvisioningCommand {
  ProvisioningId provisioningId();

  Instant at();

  /** The first operation, {@code CREATE}. */
  record BeginProvisioning(
      @TargetAggregateIdentifier ProvisioningId provisioningId,
      TenantId tenantId,
      DeploymentType deploymentType,
      String cause,
      Instant at)
      implements ProvisioningCommand {}

  /** To hold, release or close what was made. */
  sealed interface Change extends ProvisioningCommand {
    ProvisioningAction action();

    /** The event that led here; the same one is followed once. */
    String cause();
  }

  record SuspendProvisioned(
      @TargetAggregateIdentifier ProvisioningId provisioningId, String cause, Instant at)
      implements Change {
    @Override
    public ProvisioningAction action() {
      return ProvisioningAction.SUSPEND;
    }
  }

  record UnsuspendProvisioned(
      @TargetAggregateIdentifier ProvisioningId provisioningId, String cause, Instant at)
      implements Change {
    @Override
    public ProvisioningAction action() {
      return ProvisioningAction.UNSUSPEND;
    }
  }

  record TerminateProvisioned(
      @TargetAggregateIdentifier ProvisioningId provisioningId, String cause, Instant at)
      implements Change {
    @Override
    public ProvisioningAction action() {
      return ProvisioningAction.TERMINATE;
    }
  }

  /** Drops the data of a terminated tenant for ever, once its retention is over. */
  record PurgeProvisioned(
      @TargetAggregateIdentifier ProvisioningId provisioningId, String by, Instant at)
      implements ProvisioningCommand {}

  /**
   * By hand: what failed is tried again from there, what waits for its time is tried now, and steps
   * that came into the settings since are added. What succeeded is not repeated.
   */
  record RerunProvisioning(
      @TargetAggregateIdentifier ProvisioningId provisioningId, String by, Instant at)
      implements ProvisioningCommand {}

  /** About one attempt at one step. One that is no longer the present one changes nothing. */
  sealed interface AboutAttempt extends ProvisioningCommand {
    int operation();

    String step();

    int attempt();
  }

  /**
   * Somebody begins an attempt. Answers whether it is still wanted (a {@code Boolean}); who began
   * it before and died may begin it again.
   */
  record StartTask(
      @TargetAggregateIdentifier ProvisioningId provisioningId,
      int operation,
      String step,
      int attempt,
      Instant at)
      implements AboutAttempt {}

  /**
   * @param note what was found or made, in words; nothing personal or secret
   */
  record CompleteTask(
      @TargetAggregateIdentifier ProvisioningId provisioningId,
      int operation,
      String step,
      int attempt,
      String note,
      Instant at)
      implements AboutAttempt {}

  /**
   * @param error in words; nothing personal or secret
   * @param retryable false when another attempt would fail as well
   */
  record FailTask(
      @TargetAggregateIdentifier ProvisioningId provisioningId,
      int operation,
      String step,
      int attempt,
      String error,
      boolean retryable,
      Instant at)
      implements AboutAttempt {}

  /** The time has come for the attempt after the one that failed. */
  record RetryTask(
      @TargetAggregateIdentifier ProvisioningId provisioningId,
      int operation,
      String step,
      int attempt,
      Instant at)
      implements AboutAttempt {}
}
