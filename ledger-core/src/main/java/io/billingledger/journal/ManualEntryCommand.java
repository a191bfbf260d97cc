package io.billingledger.journal;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an entry that a person makes. */
public sealed interface ManualEntryCommand {

  /**
   * @param date accounting day that is wanted
   * @param tenantId null where it concerns none
   * @param invoiceId which invoice of the tenant's it is about; null where it is about none
   */
  record ProposeEntry(
      @TargetAggregateIdentifier ManualEntryId entryId,
      String legalEntityId,
      LocalDate date,
      List<ManualLine> lines,
      String reason,
      TenantId tenantId,
      InvoiceId invoiceId,
      String by,
      Instant at)
      implements ManualEntryCommand {}

  /**
   * Proposes the entry that takes a posted one back.
   *
   * @param entryId of the new one
   */
  record ProposeReversal(
      @TargetAggregateIdentifier ManualEntryId entryId,
      ManualEntryId reverses,
      LocalDate date,
      String reason,
      String by,
      Instant at)
      implements ManualEntryCommand {}

  /**
   * @param days which months are open
   */
  record ApproveEntry(
      @TargetAggregateIdentifier ManualEntryId entryId, CalendarState days, String by, Instant at)
      implements ManualEntryCommand {}

  record RejectEntry(
      @TargetAggregateIdentifier ManualEntryId entryId, String reason, String by, Instant at)
      implements ManualEntryCommand {}
}
