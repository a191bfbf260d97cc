package io.billingledger.saga.renewal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.billingledger.invoice.AfterVoid;
import io.billingledger.invoice.Consolidations;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.CycleReleased;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.InvoiceWrittenOff;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.saga.SagaGroups;
import io.billingledger.saga.Wake;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionCommand.WaiveCycle;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.AutoRenewSwitched;
import io.billingledger.subscription.SubscriptionEvent.CancellationRevoked;
import io.billingledger.subscription.SubscriptionEvent.CancellationScheduled;
import io.billingledger.subscription.SubscriptionEvent.CouponRedeemed;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.QuantityChanged;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.subscription.UnusedPart;
import io.billingledger.tenant.SubscriptionStanding;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * One for each subscription, from its creation until it has ended and the invoice for its last
 * usage is closed. What is due is the subscription's own decision; the saga wakes it then, and
 * carries its wishes to the invoice and the tenant.
 */
@ProcessingGroup(SagaGroups.RENEWAL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class RenewalSaga {
  static final Actor ACTOR = Actor.system("renewal");
  static final String DEADLINE = "renewal";

  private SubscriptionId subscriptionId;
  private TenantId tenantId;
  private Wake wake = Wake.NONE;
  private boolean ended;

  /** Whether an invoice for the last usage is still to be asked for. */
  private boolean usageToBill;

  /** The invoice for the last usage, while it is open; null before it and after. */
  private InvoiceId lastInvoice;

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
      SubscriptionEvent event,
      Commands commands,
      Consolidations consolidations,
      DeadlineManager deadlines,
      Clock clock) {
    switch (event) {
      case CycleInvoiceRequested wanted -> {
        // What is billed again is neither the last usage nor in its place.
        if (wanted.reason() != InvoiceReason.REBILL) {
          lastInvoice = ended ? wanted.invoiceId() : null;
          usageToBill = false;
        }
        if (wanted.alone()) {
          commands.send(IssueInvoice.of(wanted, clock.instant()), ACTOR);
        } else {
          consolidations.add(wanted);
        }
      }
      case CycleInvoiceWithdrawn unwanted -> {
        if (!consolidations.remove(unwanted.invoiceId(), subscriptionId)) {
          commands.send(
              new WithdrawInvoice(
                  unwanted.invoiceId(), subscriptionId, unwanted.reason(), clock.instant()),
              ACTOR);
        }
      }
      case TrialStarted _, CycleStarted _ -> note(SubscriptionStanding.RUNNING, commands, clock);
      case TrialExpired _ -> note(SubscriptionStanding.WAITING, commands, clock);
      case PlanChanged changed ->
          creditUnused(
              changed.unused(),
              changed.changeId().value(),
              "the plan changes to " + changed.planCode(),
              commands,
              clock);
      case QuantityChanged changed ->
          creditUnused(
              changed.unused(),
              changed.changeId().value(),
              "the quantity changes to " + changed.quantity(),
              commands,
              clock);
      case SubscriptionCanceled canceled -> {
        ended = true;
        usageToBill = !canceled.used().isEmpty();
        creditUnused(
            canceled.unused(), "canceled", "the subscription is canceled", commands, clock);
        note(SubscriptionStanding.ENDED, commands, clock);
      }
      case SubscriptionTerminated terminated -> {
        ended = true;
        usageToBill = !terminated.used().isEmpty();
        note(SubscriptionStanding.TERMINATED, commands, clock);
      }
      case SubscriptionCreated _,
          CycleSettled _,
          SubscriptionPastDue _,
          SubscriptionSuspended _,
          SubscriptionReactivated _,
          PlanChangeRequested _,
          PlanChangeWithdrawn _,
          AutoRenewSwitched _,
          CouponRedeemed _,
          CancellationScheduled _,
          CancellationRevoked _ -> {}
    }
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(InvoiceSettled event, Commands commands, DeadlineManager deadlines, Clock clock) {
    commands.send(new SettleCycle(subscriptionId, event.invoiceId(), clock.instant()), ACTOR);
    closed(event.invoiceId());
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(InvoiceVoided event, Commands commands, DeadlineManager deadlines, Clock clock) {
    gone(event.invoiceId(), event.then(), commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(CycleReleased event, Commands commands, DeadlineManager deadlines, Clock clock) {
    gone(event.invoiceId(), event.then(), commands, deadlines, clock);
  }

  private void gone(
      InvoiceId invoice,
      AfterVoid then,
      Commands commands,
      DeadlineManager deadlines,
      Clock clock) {
    switch (then) {
      case REISSUE ->
          commands.send(new ReplaceCycleInvoice(subscriptionId, invoice, clock.instant()), ACTOR);
      case WAIVE -> commands.send(new WaiveCycle(subscriptionId, invoice, clock.instant()), ACTOR);
      case NOTHING -> {}
    }
    // Where another one is to take its place, its request has not been seen yet.
    if (then != AfterVoid.REISSUE) {
      closed(invoice);
    }
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "subscriptionId")
  public void on(
      InvoiceWrittenOff event, Commands commands, DeadlineManager deadlines, Clock clock) {
    closed(event.invoiceId());
    advance(commands, deadlines, clock);
  }

  /** Before the invoice that a change leads to is issued, so that it draws what is given back. */
  private static void creditUnused(
      List<UnusedPart> unused, String cause, String reason, Commands commands, Clock clock) {
    for (UnusedPart part : unused) {
      commands.send(
          new CreditUnused(part.invoiceId(), cause, part.fraction(), reason, clock.instant()),
          ACTOR);
    }
  }

  private void closed(InvoiceId invoice) {
    lastInvoice = invoice.equals(lastInvoice) ? null : lastInvoice;
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
    if (ended && !usageToBill && lastInvoice == null) {
      SagaLifecycle.end();
    }
  }

  private void note(SubscriptionStanding standing, Commands commands, Clock clock) {
    commands.send(new NoteSubscription(tenantId, subscriptionId, standing, clock.instant()), ACTOR);
  }
}
