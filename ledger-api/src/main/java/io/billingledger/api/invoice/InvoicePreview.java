package io.billingledger.api.invoice;

import io.billingledger.api.error.ProblemException;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceState;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.InvoiceProgress;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionCommand.ChangeQuantity;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.QuantityChanged;
import io.billingledger.subscription.UnusedPart;
import io.billingledger.wiring.InvoiceHistory;
import io.billingledger.wiring.StagedEvents;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The next invoice of a subscription as it would be issued: the very commands are sent, at the
 * times at which they will be due, and everything is rolled back. Whatever is open is taken as paid
 * when nothing else can happen before that.
 */
@Component
class InvoicePreview {
  private static final Actor ACTOR = Actor.system("preview");
  private static final int MOST_STEPS = 40;

  private final Commands commands;
  private final StagedEvents events;
  private final UnitsOfWork units;
  private final EventStore store;
  private final InvoiceHistory invoices;

  InvoicePreview(
      Commands commands,
      StagedEvents events,
      UnitsOfWork units,
      EventStore store,
      InvoiceHistory invoices) {
    this.commands = commands;
    this.events = events;
    this.units = units;
    this.store = store;
    this.invoices = invoices;
  }

  /**
   * What to preview.
   *
   * @param planCode of a change that has not been made; null for none
   * @param quantity of a change that has not been made; null for none
   * @param notBefore the invoice to answer is issued then or later
   */
  record Wish(SubscriptionId subscription, String planCode, Integer quantity, Instant notBefore) {}

  /**
   * @param assumedPaid invoices that were taken as paid on the way
   */
  record Found(InvoiceIssued invoice, List<InvoiceId> assumedPaid) {}

  Found find(Wish wish, Instant now) {
    // Numbers and claims are everybody's; who may see the subscription was asked before.
    return Scope.allTenants(
        () -> units.perform(() -> new Attempt(wish).run(now), _ -> false, (_, _) -> {}));
  }

  private final class Attempt {
    private final Wish wish;
    private final List<InvoiceId> open = new ArrayList<>();
    private final List<InvoiceId> paid = new ArrayList<>();
    private int seen;
    private int cycleNo;

    Attempt(Wish wish) {
      this.wish = wish;
    }

    Found run(Instant now) {
      Map<InvoiceId, CycleInvoiceRequested> asked = asked();
      asked.values().forEach(request -> catchUp(request, now));
      change(asked, now);
      Instant at = now;
      for (int step = 0; step < MOST_STEPS; step++) {
        Optional<InvoiceIssued> issued = carryOut(at);
        if (issued.isPresent()) {
          return new Found(issued.get(), List.copyOf(paid));
        }
        Optional<Instant> next =
            commands.send(new AdvanceSubscription(wish.subscription(), at), ACTOR);
        issued = carryOut(at);
        if (issued.isPresent()) {
          return new Found(issued.get(), List.copyOf(paid));
        }
        if (next.isPresent()) {
          at = next.get();
        } else if (!open.isEmpty()) {
          InvoiceId oldest = open.removeFirst();
          paid.add(oldest);
          commands.send(new SettleCycle(wish.subscription(), oldest, at), ACTOR);
        } else if (!lookAgain(at)) {
          break;
        }
      }
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "preview.no-invoice",
          "The subscription %s leads to no further invoice.".formatted(wish.subscription()));
    }

    /** The saga works meanwhile, and may have asked for an invoice, or issued it, since. */
    private boolean lookAgain(Instant at) {
      asked().values().stream()
          .filter(request -> !paid.contains(request.invoiceId()))
          .forEach(request -> catchUp(request, at));
      return !open.isEmpty() || seen < events.staged().size();
    }

    /** Every invoice that was asked for and that the subscription does not know to be settled. */
    private Map<InvoiceId, CycleInvoiceRequested> asked() {
      Map<InvoiceId, CycleInvoiceRequested> asked = new LinkedHashMap<>();
      for (var history = store.readEvents(wish.subscription().value()); history.hasNext(); ) {
        switch (history.next().getPayload()) {
          case CycleInvoiceRequested e -> asked.put(e.invoiceId(), e);
          case CycleInvoiceWithdrawn e -> asked.remove(e.invoiceId());
          case CycleSettled e -> asked.remove(e.invoiceId());
          case CycleStarted e -> cycleNo = e.cycleNo();
          default -> {
            // Asks for no invoice.
          }
        }
      }
      return asked;
    }

    /** The saga may be late: what is settled is told, what is not issued yet is issued. */
    private void catchUp(CycleInvoiceRequested request, Instant at) {
      switch (invoices.of(request.invoiceId())) {
        case InvoiceState.None _ -> commands.send(IssueInvoice.of(request, at), ACTOR);
        case InvoiceState.Issued invoice when invoice.settled() ->
            commands.send(new SettleCycle(wish.subscription(), request.invoiceId(), at), ACTOR);
        case InvoiceState.Issued invoice when invoice.payable() -> open.add(request.invoiceId());
        case InvoiceState.Issued _ -> {
          // Void or written off: nothing comes of it.
        }
      }
    }

    private void change(Map<InvoiceId, CycleInvoiceRequested> asked, Instant at) {
      InvoiceProgress progress =
          asked.values().stream()
              .filter(request -> request.reason().ofCycle() && request.cycleNo() > cycleNo)
              .map(request -> invoices.progressOf(request.invoiceId()))
              .reduce((_, last) -> last)
              .orElse(null);
      if (wish.planCode() != null) {
        commands.send(
            new RequestPlanChange(
                wish.subscription(),
                PlanChangeId.derive("preview", wish.subscription()),
                wish.planCode(),
                progress,
                null,
                at),
            ACTOR);
      }
      if (wish.quantity() != null) {
        commands.send(
            new ChangeQuantity(
                wish.subscription(),
                PlanChangeId.derive("preview", wish.subscription()),
                wish.quantity(),
                progress,
                null,
                at),
            ACTOR);
      }
    }

    /** What the renewal saga does with the events so far. */
    private Optional<InvoiceIssued> carryOut(Instant at) {
      while (seen < events.staged().size()) {
        Object event = events.staged().get(seen).getPayload();
        seen++;
        switch (event) {
          case PlanChanged e -> giveBack(e.unused(), e.changeId(), at);
          case QuantityChanged e -> giveBack(e.unused(), e.changeId(), at);
          case CycleInvoiceWithdrawn e -> {
            open.remove(e.invoiceId());
            withdraw(e, at);
          }
          case CycleInvoiceRequested e -> commands.send(IssueInvoice.of(e, at), ACTOR);
          case InvoiceIssued e when !e.issuedAt().isBefore(wish.notBefore()) -> {
            return Optional.of(e);
          }
          case InvoiceIssued e -> open.add(e.invoiceId());
          default -> {
            // Asks for nothing.
          }
        }
      }
      return Optional.empty();
    }

    /** One that several subscriptions are to stand on may not be issued yet. */
    private void withdraw(CycleInvoiceWithdrawn unwanted, Instant at) {
      if (invoices.of(unwanted.invoiceId()) instanceof InvoiceState.Issued) {
        commands.send(
            new WithdrawInvoice(unwanted.invoiceId(), wish.subscription(), unwanted.reason(), at),
            ACTOR);
      }
    }

    private void giveBack(List<UnusedPart> unused, PlanChangeId change, Instant at) {
      for (UnusedPart part : unused) {
        commands.send(
            new CreditUnused(part.invoiceId(), change.value(), part.fraction(), "preview", at),
            ACTOR);
      }
    }
  }
}
