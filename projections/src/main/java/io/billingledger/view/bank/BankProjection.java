package io.billingledger.view.bank;

import io.billingledger.bank.Allocation;
import io.billingledger.bank.BankEntry;
import io.billingledger.bank.BankEvent.CsvDescribed;
import io.billingledger.bank.BankEvent.EntryIgnored;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.EntryReopened;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankEvent.StatementImported;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.view.ViewGroups;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MessageIdentifier;

/**
 * Keeps statements and their entries. Payments are events of invoices, which are taken in no order
 * with those of statements: their rows meet only when they are read.
 */
@ProcessingGroup(ViewGroups.VIEWS)
public class BankProjection {
  private final BankRows rows;

  public BankProjection(BankRows rows) {
    this.rows = rows;
  }

  @EventHandler
  public void on(StatementEvent event, @SequenceNumber long sequence, TrackingToken token) {
    rows.statements().follow(event.statementId(), event, sequence, token);
    switch (event) {
      case StatementImported e -> {
        for (BankEntry entry : e.entries()) {
          rows.add(new BankEntryRow(e, entry, token.position().orElseThrow()));
        }
      }
      case EntryMatched e -> {
        String entry = e.entryId().value();
        rows.entry(entry).matched(e);
        for (Allocation part : e.invoices()) {
          rows.add(new BankMatchRow(entry, part));
        }
      }
      case EntryIgnored e -> rows.entry(e.entryId().value()).ignored();
      case EntryReopened e -> {
        rows.entry(e.entryId().value()).reopened();
        rows.removeMatches(e.entryId().value());
      }
    }
  }

  @EventHandler
  public void on(PaymentRecorded event, @MessageIdentifier String eventId) {
    rows.add(new BankPaymentRow(event, eventId));
  }

  @EventHandler
  public void on(CsvDescribed event, @SequenceNumber long sequence, TrackingToken token) {
    rows.mappings().follow(event.mappingId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    rows.removeAll();
  }
}
