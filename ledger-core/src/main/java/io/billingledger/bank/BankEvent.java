package io.billingledger.bank;

import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankCsvMappingId;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/** What happened to bank statements. The payments that follow are events of the invoices. */
public sealed interface BankEvent extends LedgerEvent {

  /** What happens on the stream of a statement. */
  sealed interface StatementEvent extends BankEvent {
    BankStatementId statementId();
  }

  /**
   * Nobody's name and no remittance text is in it; the digest of the file proves those, too.
   *
   * @param number what the bank calls it
   * @param from first day, itself included
   * @param to last day, itself included
   */
  @EventType(name = "bank.statement-imported")
  record StatementImported(
      BankStatementId statementId,
      BankAccountId accountId,
      String accountNumber,
      String number,
      LocalDate from,
      LocalDate to,
      Money opening,
      Money closing,
      List<BankEntry> entries,
      StatementFormat format,
      String fileSha256,
      Instant at)
      implements StatementEvent {
    public StatementImported {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @param invoices what was added by this match
   * @param by who confirmed it
   */
  @EventType(name = "bank.entry-matched")
  record EntryMatched(
      BankStatementId statementId,
      BankEntryId entryId,
      List<Allocation> invoices,
      String reason,
      String by,
      Instant at)
      implements StatementEvent {
    public EntryMatched {
      invoices = List.copyOf(invoices);
    }
  }

  @EventType(name = "bank.entry-ignored")
  record EntryIgnored(
      BankStatementId statementId, BankEntryId entryId, String reason, String by, Instant at)
      implements StatementEvent {}

  /** It is open again, as if nothing had been said of it. */
  @EventType(name = "bank.entry-reopened")
  record EntryReopened(
      BankStatementId statementId, BankEntryId entryId, String reason, String by, Instant at)
      implements StatementEvent {}

  @EventType(name = "bank.csv-described")
  record CsvDescribed(BankCsvMappingId mappingId, CsvMapping mapping, Instant at)
      implements BankEvent {}
}
