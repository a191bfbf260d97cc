package io.billingledger.journal;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What happened to an entry that a person makes. */
public sealed interface ManualEntryEvent extends LedgerEvent {
  ManualEntryId entryId();

  /**
   * @param reverses the posted entry that it takes back; null if none
   * @param invoiceId the invoice that it is about; null if none
   */
  @EventType(name = "manual-entry.proposed")
  record EntryProposed(
      ManualEntryId entryId,
      String legalEntityId,
      LocalDate date,
      List<ManualLine> lines,
      String reason,
      TenantId tenantId,
      ManualEntryId reverses,
      InvoiceId invoiceId,
      String by,
      Instant at)
      implements ManualEntryEvent {
    public EntryProposed {
      lines = List.copyOf(lines);
    }
  }

  /**
   * It is posted.
   *
   * @param date accounting day: the wanted one, or the first open one after it
   * @param corrects the wanted day where its month was closed; null otherwise
   */
  @EventType(name = "manual-entry.approved")
  record EntryApproved(
      ManualEntryId entryId,
      String legalEntityId,
      LocalDate date,
      LocalDate corrects,
      List<ManualLine> lines,
      InvoiceId invoiceId,
      String by,
      Instant at)
      implements ManualEntryEvent {
    public EntryApproved {
      lines = List.copyOf(lines);
    }
  }

  @EventType(name = "manual-entry.rejected")
  record EntryRejected(ManualEntryId entryId, String reason, String by, Instant at)
      implements ManualEntryEvent {}
}
