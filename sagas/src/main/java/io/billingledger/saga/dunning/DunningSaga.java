package io.billingledger.saga.dunning;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.collections.CollectionEvent.StageReached;
import io.billingledger.collections.CollectionTerms;
import io.billingledger.collections.DunningSchedule;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.InvoiceWrittenOff;
import io.billingledger.invoice.InvoiceEvent.ProofApproved;
import io.billingledger.invoice.InvoiceEvent.ProofRejected;
import io.billingledger.invoice.InvoiceEvent.ProofSubmitted;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.CollectionId;
import io.billingledger.kernel.Commands;
import io.billingledger.saga.SagaGroups;
import io.billingledger.saga.Wake;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
import io.billingledger.subscription.SubscriptionCommand.SuspendSubscription;
import io.billingledger.subscription.SubscriptionCommand.TerminateSubscription;
import io.billingledger.tenant.TenantCommand.LiftDunningHold;
import io.billingledger.tenant.TenantCommand.PlaceDunningHold;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

/**
 * One for each invoice that is to be collected, until it is settled, voided or written off. Which
 * step is due is the collection's own decision.
 */
@ProcessingGroup(SagaGroups.DUNNING)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class DunningSaga {
  static final Actor ACTOR = Actor.system("dunning");
  static final String DEADLINE = "dunning";

  private CollectionTerms terms;
  private Wake wake = Wake.NONE;
  private boolean holding;

  /** When each proof came in that nobody has decided on. */
  private Map<String, Instant> undecidedProofs = new TreeMap<>();

  @StartSaga
  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(InvoiceIssued event, DeadlineManager deadlines) {
    if (!event.collect() || event.total().isEqual(event.creditApplied())) {
      SagaLifecycle.end();
      return;
    }
    terms = CollectionTerms.of(event);
    wake = wake.moveTo(DunningSchedule.of(terms).next(), DEADLINE, deadlines);
  }

  @DeadlineHandler(deadlineName = DEADLINE)
  public void wake(
      DeadlineMessage<?> due, Commands commands, DeadlineManager deadlines, Clock clock) {
    wake = Wake.NONE;
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(StageReached event, Commands commands, DeadlineManager deadlines, Clock clock) {
    Instant at = clock.instant();
    switch (event.stage()) {
      case PAST_DUE -> {
        holding = true;
        terms
            .subscriptions()
            .forEach(each -> commands.send(new MarkPastDue(each, terms.invoiceId(), at), ACTOR));
        commands.send(new PlaceDunningHold(terms.tenantId(), terms.invoiceId(), at), ACTOR);
      }
      case SUSPENDED ->
          terms
              .subscriptions()
              .forEach(
                  each ->
                      commands.send(new SuspendSubscription(each, terms.invoiceId(), at), ACTOR));
      case TERMINATED -> {
        terms
            .subscriptions()
            .forEach(
                each ->
                    commands.send(new TerminateSubscription(each, terms.invoiceId(), at), ACTOR));
        commands.send(new WriteOffInvoice(terms.invoiceId(), writeOffReason(), at), ACTOR);
      }
    }
    advance(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(ProofSubmitted event, Commands commands, DeadlineManager deadlines, Clock clock) {
    undecidedProofs.put(event.proofId().value(), event.at());
    advanceIfPaused(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(ProofApproved event, Commands commands, DeadlineManager deadlines, Clock clock) {
    undecidedProofs.remove(event.proofId().value());
    advanceIfPaused(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(ProofRejected event, Commands commands, DeadlineManager deadlines, Clock clock) {
    undecidedProofs.remove(event.proofId().value());
    advanceIfPaused(commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(InvoiceSettled event, Commands commands, DeadlineManager deadlines, Clock clock) {
    end("invoice " + event.invoiceId() + " is settled", commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(InvoiceVoided event, Commands commands, DeadlineManager deadlines, Clock clock) {
    end("invoice " + event.invoiceId() + " is void", commands, deadlines, clock);
  }

  @SagaEventHandler(associationProperty = "invoiceId")
  public void on(
      InvoiceWrittenOff event, Commands commands, DeadlineManager deadlines, Clock clock) {
    end("invoice " + event.invoiceId() + " is written off", commands, deadlines, clock);
  }

  private void advance(Commands commands, DeadlineManager deadlines, Clock clock) {
    Instant proofPendingSince =
        undecidedProofs.values().stream().min(Instant::compareTo).orElse(null);
    Optional<Instant> next =
        commands.send(
            new AdvanceCollection(
                CollectionId.of(terms.invoiceId()), terms, proofPendingSince, clock.instant()),
            ACTOR);
    wake = wake.moveTo(next, DEADLINE, deadlines);
  }

  /** A proof moves the next step only where the plan pauses for proofs. */
  private void advanceIfPaused(Commands commands, DeadlineManager deadlines, Clock clock) {
    if (terms.policy().pauseForProofDays() > 0) {
      advance(commands, deadlines, clock);
    }
  }

  private void end(String reason, Commands commands, DeadlineManager deadlines, Clock clock) {
    if (holding) {
      commands.send(
          new LiftDunningHold(terms.tenantId(), terms.invoiceId(), reason, clock.instant()), ACTOR);
    }
    wake = wake.moveTo(Optional.empty(), DEADLINE, deadlines);
    SagaLifecycle.end();
  }

  private String writeOffReason() {
    return "unpaid %d days after it was due".formatted(terms.policy().terminateAfter());
  }
}
