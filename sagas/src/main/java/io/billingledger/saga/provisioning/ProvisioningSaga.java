package io.billingledger.saga.provisioning;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.RetryTask;
import io.billingledger.provisioning.ProvisioningCommand.SuspendProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.TerminateProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.UnsuspendProvisioned;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningCompleted;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningSuperseded;
import io.billingledger.provisioning.ProvisioningEvent.TaskFailed;
import io.billingledger.provisioning.ProvisioningEvent.TaskQueued;
import io.billingledger.saga.SagaGroups;
import io.billingledger.saga.Wake;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.tenant.TenantCommand.CompleteProvisioning;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * One for each tenant, from its registration until its data are dropped. The order of the steps,
 * and whether one is tried again, are the provisioning's own decisions.
 */
@ProcessingGroup(SagaGroups.PROVISIONING)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class ProvisioningSaga {
  static final Actor ACTOR = Actor.system("provisioning");
  static final String DEADLINE = "provisioning-retry";

  private TenantId tenantId;
  private Standing standing = Standing.NEW;
  private Wake wake = Wake.NONE;

  /** The attempt that failed, while the next one waits for its time; else null. */
  private Attempt failed;

  record Attempt(int operation, String step, int attempt) {}

  @StartSaga
  @SagaEventHandler(associationProperty = "tenantId")
  public void on(
      TenantRegistered event, @MessageIdentifier String cause, Commands commands, Clock clock) {
    tenantId = event.tenantId();
    commands.send(
        new BeginProvisioning(
            ProvisioningId.of(tenantId), tenantId, event.deploymentType(), cause, clock.instant()),
        ACTOR);
  }

  @SagaEventHandler(associationProperty = "tenantId")
  public void on(SubscriptionCreated event) {
    SagaLifecycle.associateWith("subscriptionId", event.subscriptionId().value());
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(
      SubscriptionEvent event, @MessageIdentifier String cause, Commands commands, Clock clock) {
    Standing next = standing.after(event);
    standing
        .to(next)
        .ifPresent(action -> commands.send(change(action, cause, clock.instant()), ACTOR));
    standing = next;
  }

  @SagaEventHandler(associationProperty = "tenantId")
  public void on(
      TenantTerminated event, @MessageIdentifier String cause, Commands commands, Clock clock) {
    commands.send(change(ProvisioningAction.TERMINATE, cause, clock.instant()), ACTOR);
  }

  @SagaEventHandler(associationProperty = "tenantId")
  public void on(TaskFailed event, DeadlineManager deadlines) {
    if (event.retryAt() != null) {
      failed = new Attempt(event.operation(), event.step(), event.attempt());
      wake = wake.moveTo(Optional.of(event.retryAt()), DEADLINE, deadlines);
    }
  }

  /** A retry, or a rerun by hand that did not wait for its time. */
  @SagaEventHandler(associationProperty = "tenantId")
  public void on(TaskQueued event, DeadlineManager deadlines) {
    forget(deadlines);
  }

  @SagaEventHandler(associationProperty = "tenantId")
  public void on(ProvisioningSuperseded event, DeadlineManager deadlines) {
    if (failed != null && failed.operation() == event.operation()) {
      forget(deadlines);
    }
  }

  @DeadlineHandler(deadlineName = DEADLINE)
  public void wake(DeadlineMessage<?> due, Commands commands, Clock clock) {
    wake = Wake.NONE;
    if (failed != null) {
      commands.send(
          new RetryTask(
              ProvisioningId.of(tenantId),
              failed.operation(),
              failed.step(),
              failed.attempt(),
              clock.instant()),
          ACTOR);
    }
  }

  @SagaEventHandler(associationProperty = "tenantId")
  public void on(ProvisioningCompleted event, Commands commands, Clock clock) {
    switch (event.action()) {
      case CREATE -> commands.send(new CompleteProvisioning(tenantId, clock.instant()), ACTOR);
      case PURGE -> SagaLifecycle.end();
      case SUSPEND, UNSUSPEND, TERMINATE -> {}
    }
  }

  private Object change(ProvisioningAction action, String cause, Instant at) {
    ProvisioningId id = ProvisioningId.of(tenantId);
    return switch (action) {
      case SUSPEND -> new SuspendProvisioned(id, cause, at);
      case UNSUSPEND -> new UnsuspendProvisioned(id, cause, at);
      case TERMINATE -> new TerminateProvisioned(id, cause, at);
      case CREATE, PURGE -> throw new IllegalArgumentException(action + " is not decided here");
    };
  }

  private void forget(DeadlineManager deadlines) {
    failed = null;
    wake = wake.moveTo(Optional.empty(), DEADLINE, deadlines);
  }
}
