package io.billingledger.wiring;

import io.billingledger.journal.ManualEntries;
import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.journal.ManualEntryState;
import io.billingledger.kernel.ManualEntryId;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Manual entries as their own history tells them. */
@Component
class ManualEntryHistory implements ManualEntries {
  private final Histories<ManualEntryState> entries;

  ManualEntryHistory(EventStore store) {
    this.entries =
        new Histories<>(
            store, ManualEntryState.NONE, (state, event) -> state.evolve((ManualEntryEvent) event));
  }

  @Override
  public ManualEntryState of(ManualEntryId id) {
    return entries.of(id.value()).orElse(ManualEntryState.NONE);
  }
}
