package io.billingledger.bank;

import io.billingledger.bank.BankRejection.CurrencyDiffers;
import io.billingledger.bank.BankRejection.StatementDoesNotClose;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.Rejected;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * A statement of one bank account: opening + entries = closing, to the cent.
 *
 * @param accountNumber IBAN or the bank's own number, without spaces
 * @param number what the bank calls the statement
 * @param from first day, itself included
 * @param to last day, itself included
 * @param opening negative when overdrawn
 */
public record Statement(
    String accountNumber,
    String number,
    LocalDate from,
    LocalDate to,
    Money opening,
    Money closing,
    List<BankEntry> entries) {
  /** More than a statement ever has; what is larger is no statement. */
  public static final int MOST_ENTRIES = 20_000;

  /**
   * @throws Rejected when an entry is in another currency, or the sum is not the closing balance
   */
  public Statement {
    entries = List.copyOf(entries);
    same(opening, closing);
    Money sum = opening;
    for (BankEntry entry : entries) {
      same(opening, entry.amount());
      sum = sum.plus(entry.amount());
    }
    if (!sum.isEqual(closing)) {
      throw new Rejected(new StatementDoesNotClose(number, sum, closing));
    }
  }

  public BankAccountId accountId() {
    return accountId(accountNumber, opening);
  }

  /** Banks begin to count again each year, so the year is a part of a statement's name. */
  public BankStatementId id() {
    return id(accountId(), number, to);
  }

  /** What it is for an entry to belong to this statement. */
  public static BankStatementId id(BankAccountId account, String number, LocalDate to) {
    return BankStatementId.derive(account, to.getYear(), number);
  }

  public static BankAccountId accountId(String accountNumber, Money anyOfIts) {
    return BankAccountId.derive(accountNumber, anyOfIts.getCurrencyUnit());
  }

  private static void same(Money account, Money other) {
    if (!account.isSameCurrency(other)) {
      throw new Rejected(
          new CurrencyDiffers(
              account.getCurrencyUnit().getCode(), other.getCurrencyUnit().getCode()));
    }
  }
}
