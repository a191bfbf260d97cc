package io.billingledger.journal;

import io.billingledger.journal.ManualEntryCommand.ApproveEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeReversal;
import io.billingledger.journal.ManualEntryCommand.RejectEntry;
import io.billingledger.kernel.ManualEntryId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Entries that people make, without their shells: decides, and tells of every event. */
public final class ManualBook {
  private final Consumer<ManualEntryEvent> told;
  private final Map<ManualEntryId, ManualEntryState> states = new HashMap<>();

  public ManualBook(Consumer<ManualEntryEvent> told) {
    this.told = told;
  }

  public void propose(
      ManualEntryId id, LocalDate date, List<ManualLine> lines, String by, Instant at) {
    happened(
        of(id)
            .decide(
                new ProposeEntry(id, "default", date, lines, "test", null, null, by, at),
                ChartState.NONE));
  }

  public void reverse(
      ManualEntryId id, ManualEntryId reverses, LocalDate date, String by, Instant at) {
    happened(of(id).decide(new ProposeReversal(id, reverses, date, "test", by, at), of(reverses)));
  }

  public void approve(ManualEntryId id, CalendarState days, String by, Instant at) {
    happened(of(id).decide(new ApproveEntry(id, days, by, at)));
  }

  public void reject(ManualEntryId id, String by, Instant at) {
    happened(of(id).decide(new RejectEntry(id, "test", by, at)));
  }

  private ManualEntryState of(ManualEntryId id) {
    return states.getOrDefault(id, ManualEntryState.NONE);
  }

  private void happened(List<ManualEntryEvent> events) {
    for (ManualEntryEvent event : events) {
      states.put(event.entryId(), of(event.entryId()).evolve(event));
      told.accept(event);
    }
  }
}
