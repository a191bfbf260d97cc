package io.billingledger.saga.renewal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.saga.SagaGroups;
import io.billingledger.saga.Wake;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionCommand.WaiveCycle;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.AutoRenewSwitched;
import io.billingledger.subscription.SubscriptionEvent.CancellationRevoked;
import io.billingledger.subscription.SubscriptionEvent.CancellationScheduled;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.tenant.SubscriptionStanding;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * One for each subscription, from its creation to its end. What is due is the subscription's own
 * decision; the saga wakes it then, and carries its wishes to the invoice and the tenant.
 */
@ProcessingGroup(SagaGroups.RENEWAL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class RenewalSaga {
  static final Actor ACTOR = Actor.system("renewal");
  static final String DEADLINE = "renewal";

  private SubscriptionId subscriptionId;
  private TenantId tenantId;
  private Wake wake = Wake.NONE;

  @StartSaga
  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(
      SubscriptionCreated event, Commands commands, DeadlineManager deadlines, Clock clock) {
    subscriptionId = event.subscriptionId();
    tenantId = event.tenantId();
    note(SubscriptionStanding.WAITING, commands, clock);
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(
      SubscriptionEvent event, Commands commands, DeadlineManager deadlines, Clock clock) {
    switch (event) {
      case CycleInvoiceRequested wanted ->
          commands.send(IssueInvoice.of(wanted, clock.instant()), ACTOR);
      case CycleInvoiceWithdrawn unwanted ->
          commands.send(
              new WithdrawInvoice(unwanted.invoiceId(), unwanted.reason(), clock.instant()), ACTOR);
      case TrialStarted _, CycleStarted _ -> note(SubscriptionStanding.RUNNING, commands, clock);
      case TrialExpired _ -> note(SubscriptionStanding.WAITING, commands, clock);
      case SubscriptionCanceled _ -> end(SubscriptionStanding.ENDED, commands, deadlines, clock);
      case SubscriptionTerminated _ ->
          end(SubscriptionStanding.TERMINATED, commands, deadlines, clock);
      case SubscriptionCreated _,
          CycleSettled _,
          SubscriptionPastDue _,
          SubscriptionSuspended _,
          SubscriptionReactivated _,
          PlanChangeRequested _,
          PlanChangeWithdrawn _,
          AutoRenewSwitched _,
          CancellationScheduled _,
          CancellationRevoked _ -> {}
    }
    if (!(event instanceof SubscriptionCanceled) && !(event instanceof SubscriptionTerminated)) {
      advance(commands, deadlines, clock);
    }
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(InvoiceSettled event, Commands commands, DeadlineManager deadlines, Clock clock) {
    commands.send(new SettleCycle(subscriptionId, event.invoiceId(), clock.instant()), ACTOR);
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(InvoiceVoided event, Commands commands, DeadlineManager deadlines, Clock clock) {
    switch (event.then()) {
      case REISSUE ->
          commands.send(
              new ReplaceCycleInvoice(subscriptionId, event.invoiceId(), clock.instant()), ACTOR);
      case WAIVE ->
          commands.send(new WaiveCycle(subscriptionId, event.invoiceId(), clock.instant()), ACTOR);
      case NOTHING -> {}
    }
    advance(commands, deadlines, clock);
  }

  @DeadlineHandler(deadlineName = DEADLINE)
  public void wake(
      DeadlineMessage<?> due, Commands commands, DeadlineManager deadlines, Clock clock) {
    wake = Wake.NONE;
    advance(commands, deadlines, clock);
  }

  private void advance(Commands commands, DeadlineManager deadlines, Clock clock) {
    Optional<Instant> next =
        commands.send(new AdvanceSubscription(subscriptionId, clock.instant()), ACTOR);
    wake = wake.moveTo(next, DEADLINE, deadlines);
  }

  private void note(SubscriptionStanding standing, Commands commands, Clock clock) {
    commands.send(new NoteSubscription(tenantId, subscriptionId, standing, clock.instant()), ACTOR);
  }

  private void end(
      SubscriptionStanding standing, Commands commands, DeadlineManager deadlines, Clock clock) {
    note(standing, commands, clock);
    wake = wake.moveTo(Optional.empty(), DEADLINE, deadlines);
    SagaLifecycle.end();
  }
}
