package io.billingledger.bank;

import io.billingledger.kernel.BankCsvMappingId;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.joda.money.Money;

/** What can be asked of bank statements. */
public sealed interface BankCommand {

  /**
   * @param fileSha256 of the whole file, which may hold several statements
   * @param placeInFile from 0
   */
  record ImportStatement(
      @TargetAggregateIdentifier BankStatementId statementId,
      Statement statement,
      StatementFormat format,
      String fileSha256,
      int placeInFile,
      Instant at)
      implements BankCommand {}

  /**
   * Says which invoices an entry pays, and pays them. What is matched already stays so.
   *
   * @param reason may be null
   */
  record MatchEntry(
      @TargetAggregateIdentifier BankStatementId statementId,
      BankEntryId entryId,
      List<Wanted> invoices,
      String reason,
      String by,
      Instant at)
      implements BankCommand {
    public MatchEntry {
      invoices = List.copyOf(invoices);
    }
  }

  /**
   * @param amount of the entry that is for this invoice
   * @param paymentId a payment that was recorded already, such as by an approved proof: the entry
   *     only confirms it; null when the match shall record the payment
   */
  record Wanted(InvoiceId invoiceId, Money amount, PaymentId paymentId) {}

  /** The entry has nothing to do with invoices: a fee, interest, a transfer of our own. */
  record IgnoreEntry(
      @TargetAggregateIdentifier BankStatementId statementId,
      BankEntryId entryId,
      String reason,
      String by,
      Instant at)
      implements BankCommand {}

  /** Takes back what was said of an entry, as long as no payment follows from it. */
  record UnmatchEntry(
      @TargetAggregateIdentifier BankStatementId statementId,
      BankEntryId entryId,
      String reason,
      String by,
      Instant at)
      implements BankCommand {}

  /** What was said before is how earlier files were read. */
  record DescribeCsv(
      @TargetAggregateIdentifier BankCsvMappingId mappingId, CsvMapping mapping, Instant at)
      implements BankCommand {}
}
