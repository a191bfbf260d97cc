package io.billingledger.run;

import io.billingledger.invoice.InvoiceClaims;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.run.Run.Item;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.wiring.ReadAhead;
import io.billingledger.wiring.StagedEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;

/**
 * Wakes subscriptions, and issues the invoices that they ask for at once; the saga, which does the
 * same later, then finds them issued. Those that several subscriptions may stand on are collected
 * first, by the saga. Invoices come after all subscriptions of a batch, so that the row of their
 * series is locked for a short time only.
 */
final class RenewalWork implements ItemWork {
  private static final Actor ACTOR = Actor.system("renewal-run");

  private final Commands commands;
  private final StagedEvents events;
  private final ReadAhead ahead;
  private final BillingProfiles profiles;

  RenewalWork(Commands commands, StagedEvents events, ReadAhead ahead, BillingProfiles profiles) {
    this.commands = commands;
    this.events = events;
    this.ahead = ahead;
    this.profiles = profiles;
  }

  @Override
  public String selection() {
    return "SELECT subscription_id AS subject_id, tenant_id FROM ledger_subscriptions_due(?)";
  }

  @Override
  public List<Item> carryOut(List<Item> items, Instant at) {
    ahead.streams(
        items.stream()
            .flatMap(item -> Stream.of(item.subjectId(), item.tenantId().value()))
            .toList());
    for (Item item : items) {
      commands.send(new AdvanceSubscription(new SubscriptionId(item.subjectId()), at), ACTOR);
    }
    List<CycleInvoiceRequested> wanted =
        events.staged().stream()
            .map(EventMessage::getPayload)
            .filter(CycleInvoiceRequested.class::isInstance)
            .map(CycleInvoiceRequested.class::cast)
            .filter(CycleInvoiceRequested::alone)
            .toList();
    readAhead(wanted, at);
    wanted.forEach(invoice -> commands.send(IssueInvoice.of(invoice, at), ACTOR));
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

  private void readAhead(List<CycleInvoiceRequested> wanted, Instant at) {
    if (wanted.isEmpty()) {
      return;
    }
    ahead.streams(
        wanted.stream()
            .flatMap(
                invoice ->
                    Stream.of(invoice.invoiceId().value(), CreditId.of(invoice.tenantId()).value()))
            .toList());
    ahead.claims(
        Claims.Kind.INVOICE_CYCLE,
        wanted.stream()
            .collect(
                Collectors.toMap(
                    invoice -> InvoiceClaims.cycle(IssueInvoice.of(invoice, at)),
                    invoice -> invoice.invoiceId().value())));
    wanted.stream()
        .collect(
            Collectors.groupingBy(
                invoice -> InvoiceClaims.series(profiles.of(invoice.tenantId()).legalEntity(), at),
                Collectors.mapping(invoice -> invoice.invoiceId().value(), Collectors.toList())))
        .forEach((series, invoices) -> ahead.numbers(Claims.Kind.INVOICE_NUMBER, series, invoices));
  }

  private static void add(
      Map<String, List<Object>> decided, SubscriptionId subscription, Object event) {
    decided.computeIfAbsent(subscription.value(), _ -> new ArrayList<>()).add(event);
  }
}
