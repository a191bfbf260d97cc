package io.billingledger.run;

import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.run.Run.Item;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.wiring.StagedEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;

/**
 * Wakes subscriptions, and issues the invoices that they ask for at once; the saga, which does the
 * same later, then finds them issued. Invoices come after all subscriptions of a batch, so that the
 * row of their series is locked for a short time only.
 */
final class RenewalWork implements ItemWork {
  private static final Actor ACTOR = Actor.system("renewal-run");

  private final Commands commands;
  private final StagedEvents events;

  RenewalWork(Commands commands, StagedEvents events) {
    this.commands = commands;
    this.events = events;
  }

  @Override
  public String selection() {
    return "SELECT subscription_id AS subject_id, tenant_id FROM ledger_subscriptions_due(?)";
  }

  @Override
  public List<Item> carryOut(List<Item> items, Instant at) {
    for (Item item : items) {
      commands.send(new AdvanceSubscription(new SubscriptionId(item.subjectId()), at), ACTOR);
    }
    for (EventMessage<?> event : events.staged()) {
      if (event.getPayload() instanceof CycleInvoiceRequested wanted) {
        commands.send(IssueInvoice.of(wanted, at), ACTOR);
      }
    }
    Map<String, List<Object>> decided = new HashMap<>();
    for (EventMessage<?> event : events.staged()) {
      switch (event.getPayload()) {
        case SubscriptionEvent e -> add(decided, e.subscriptionId(), e);
        case InvoiceIssued e -> add(decided, e.subscriptionId(), e);
        default -> {
          // Follows from one of these.
        }
      }
    }
    return items.stream()
        .map(item -> Decided.by(item, decided.getOrDefault(item.subjectId(), List.of())))
        .toList();
  }

  private static void add(
      Map<String, List<Object>> decided, SubscriptionId subscription, Object event) {
    decided.computeIfAbsent(subscription.value(), _ -> new ArrayList<>()).add(event);
  }
}
