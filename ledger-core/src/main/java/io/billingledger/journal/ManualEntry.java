package io.billingledger.journal;

import io.billingledger.journal.ManualEntryCommand.ApproveEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeReversal;
import io.billingledger.journal.ManualEntryCommand.RejectEntry;
import io.billingledger.journal.ManualEntryRejection.EntryReversed;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link ManualEntryState}; an entry is taken back once, by a claim. */
public class ManualEntry {
  @AggregateIdentifier private ManualEntryId id;
  private ManualEntryState state = ManualEntryState.NONE;

  public ManualEntry() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ProposeEntry command, Charts charts) {
    apply(command.tenantId(), state.decide(command, charts.of(command.legalEntityId())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ProposeReversal command, ManualEntries entries, Claims claims) {
    ManualEntryState original = entries.of(command.reverses());
    List<ManualEntryEvent> events = state.decide(command, original);
    String holder =
        claims.claim(
            Claims.Kind.MANUAL_REVERSAL, command.reverses().value(), command.entryId().value());
    if (!holder.equals(command.entryId().value())) {
      throw new Rejected(new EntryReversed(command.reverses(), new ManualEntryId(holder)));
    }
    apply(original.proposed().tenantId(), events);
  }

  @CommandHandler
  public void handle(ApproveEntry command) {
    apply(state.proposed().tenantId(), state.decide(command));
  }

  /** What it was to take back can be taken back by another one. */
  @CommandHandler
  public void handle(RejectEntry command, Claims claims) {
    List<ManualEntryEvent> events = state.decide(command);
    if (state.proposed().reverses() != null) {
      claims.release(Claims.Kind.MANUAL_REVERSAL, state.proposed().reverses().value(), id.value());
    }
    apply(state.proposed().tenantId(), events);
  }

  private static void apply(TenantId tenant, List<ManualEntryEvent> events) {
    if (tenant == null) {
      events.forEach(AggregateLifecycle::apply);
    } else {
      Applied.to(tenant, events);
    }
  }

  @EventSourcingHandler
  void on(ManualEntryEvent event) {
    id = event.entryId();
    state = state.evolve(event);
  }
}
