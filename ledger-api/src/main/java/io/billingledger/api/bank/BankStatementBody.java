package io.billingledger.api.bank;

import io.billingledger.bank.BankEvent.StatementImported;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.view.bank.BankStatementRow;
import java.time.Instant;
import java.time.LocalDate;
import org.joda.money.Money;

/**
 * A statement: opening + entries = closing.
 *
 * @param number what the bank calls it
 * @param from first day, itself included
 * @param to last day, itself included
 * @param entries how many
 */
record BankStatementBody(
    BankStatementId id,
    BankAccountId accountId,
    String accountNumber,
    String number,
    LocalDate from,
    LocalDate to,
    Money opening,
    Money closing,
    int entries,
    String format,
    String fileSha256,
    Instant importedAt) {

  static BankStatementBody of(StatementImported e) {
    return new BankStatementBody(
        e.statementId(),
        e.accountId(),
        e.accountNumber(),
        e.number(),
        e.from(),
        e.to(),
        e.opening(),
        e.closing(),
        e.entries().size(),
        e.format().name(),
        e.fileSha256(),
        e.at());
  }

  static BankStatementBody of(BankStatementRow row) {
    return new BankStatementBody(
        new BankStatementId(row.id()),
        new BankAccountId(row.accountId()),
        row.accountNumber(),
        row.number(),
        row.from(),
        row.to(),
        row.opening(),
        row.closing(),
        row.entries(),
        row.format(),
        row.fileSha256(),
        row.importedAt());
  }
}
