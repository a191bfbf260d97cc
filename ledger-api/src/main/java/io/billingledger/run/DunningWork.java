package io.billingledger.run;

import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.collections.CollectionEvent;
import io.billingledger.collections.CollectionTerms;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.ProofApproved;
import io.billingledger.invoice.InvoiceEvent.ProofRejected;
import io.billingledger.invoice.InvoiceEvent.ProofSubmitted;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.CollectionId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProofId;
import io.billingledger.run.Run.Item;
import io.billingledger.wiring.StagedEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Wakes the dunning of open invoices; what a stage leads to is the saga's, as ever. */
final class DunningWork implements ItemWork {
  private static final Actor ACTOR = Actor.system("dunning-run");

  private final Commands commands;
  private final StagedEvents events;
  private final EventStore history;

  DunningWork(Commands commands, StagedEvents events, EventStore history) {
    this.commands = commands;
    this.events = events;
    this.history = history;
  }

  /** From the first reminder of any plan on, which is at H-7 or before. */
  @Override
  public String selection() {
    return """
        SELECT i.invoice_id AS subject_id, i.tenant_id
        FROM view_invoice i
        CROSS JOIN (
          SELECT greatest(7, max(-reminder::integer)) AS days
          FROM view_plan_version v
          CROSS JOIN unnest(string_to_array(nullif(v.reminders, ''), ',')) AS reminder) first_reminder
        WHERE i.closed_as IS NULL AND i.collect
          AND i.due_at <= ?::timestamptz + make_interval(days => first_reminder.days + 1)
        """;
  }

  @Override
  public List<Item> carryOut(List<Item> items, Instant at) {
    for (Item item : items) {
      commands.send(advance(new InvoiceId(item.subjectId()), at), ACTOR);
    }
    Map<String, List<CollectionEvent>> decided = new HashMap<>();
    events.staged().stream()
        .map(event -> event.getPayload())
        .filter(CollectionEvent.class::isInstance)
        .map(CollectionEvent.class::cast)
        .filter(event -> !(event instanceof CollectionEvent.CollectionOpened))
        .forEach(
            event ->
                decided.merge(
                    event.collectionId().value(),
                    List.of(event),
                    (before, more) ->
                        java.util.stream.Stream.concat(before.stream(), more.stream()).toList()));
    return items.stream()
        .map(
            item ->
                Decided.by(
                    item,
                    decided.getOrDefault(
                        CollectionId.of(new InvoiceId(item.subjectId())).value(), List.of())))
        .toList();
  }

  private AdvanceCollection advance(InvoiceId invoice, Instant at) {
    CollectionTerms terms = null;
    Map<ProofId, Instant> undecided = new HashMap<>();
    for (var stream = history.readEvents(invoice.value()); stream.hasNext(); ) {
      switch (stream.next().getPayload()) {
        case InvoiceIssued e -> terms = CollectionTerms.of(e);
        case ProofSubmitted e -> undecided.put(e.proofId(), e.at());
        case ProofApproved e -> undecided.remove(e.proofId());
        case ProofRejected e -> undecided.remove(e.proofId());
        default -> {
          // Changes nothing for its dunning, or closes it, which the collection looks at itself.
        }
      }
    }
    Instant pendingSince = undecided.values().stream().min(Instant::compareTo).orElse(null);
    return new AdvanceCollection(CollectionId.of(invoice), terms, pendingSince, at);
  }
}
