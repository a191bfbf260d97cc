package io.billingledger.bank;

import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejection;
import org.joda.money.Money;

/** Why a statement, or a match, is refused. */
public sealed interface BankRejection extends Rejection {

  /** No such statement. */
  record StatementUnknown(BankStatementId statementId) implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no bank statement " + statementId + ".";
    }
  }

  /** No such entry. */
  record EntryUnknown(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no bank entry " + entryId + ".";
    }
  }

  /** No statement of it was imported. */
  record AccountUnknown(BankAccountId accountId, String day) implements BankRejection {
    @Override
    public String code() {
      return "bank-account.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no statement of a bank account %s until %s.".formatted(accountId, day);
    }
  }

  /** Its files cannot be read yet. */
  record CsvMappingUnknown(String bank) implements BankRejection {
    @Override
    public String code() {
      return "bank-csv-mapping.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "There is no mapping for CSV files of \"" + bank + "\"; say first how they are read.";
    }
  }

  /** The file is not what it was said to be. */
  record FileUnreadable(String format, String problem) implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.unreadable";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The file cannot be read as %s: %s.".formatted(format, problem);
    }
  }

  /** Opening + entries is not the closing balance. */
  record StatementDoesNotClose(String number, Money sum, Money closing) implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.does-not-close";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Opening balance and entries of statement %s come to %s, its closing balance is %s."
          .formatted(number, sum, closing);
    }
  }

  /** An account has one currency. */
  record CurrencyDiffers(String account, String other) implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.currency-differs";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The account is in %s, but the statement has an amount in %s."
          .formatted(account, other);
    }
  }

  /** The same statement with other content. */
  record StatementDiffers(String number, String field, String before, String now)
      implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.differs";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Statement %s was imported already with other content: %s was %s, and is %s in this file."
          .formatted(number, field, before, now);
    }
  }

  /** The same file under another name. */
  record SameFile(BankStatementId statementId) implements BankRejection {
    @Override
    public String code() {
      return "bank-statement.same-file";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "This file was imported already, as " + statementId + ".";
    }
  }

  /** Nothing of it is open. */
  record EntryMatchedAlready(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.already-matched";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The bank entry " + entryId + " is matched already.";
    }
  }

  /** It was said to have nothing to do with invoices. */
  record EntryIgnoredAlready(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.ignored";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The bank entry " + entryId + " is ignored; take that back first.";
    }
  }

  /** Only money that came pays invoices. */
  record EntryIsNoReceipt(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.no-receipt";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The bank entry " + entryId + " is no money that came: it pays no invoice.";
    }
  }

  /** More than is open of the entry. */
  record MatchTooLarge(Money open, Money wanted) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.too-large";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Of the bank entry %s are open, not %s.".formatted(open, wanted);
    }
  }

  /** The entry is in another currency. */
  record MatchCurrencyDiffers(String entry, String other) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.currency-differs";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The bank entry is in %s, not in %s.".formatted(entry, other);
    }
  }

  /** A part of an entry is more than nothing. */
  record MatchAmountNotPositive(String amount) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.amount-not-positive";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "An amount is positive, not " + amount + ".";
    }
  }

  /** No such payment on the invoice. */
  record MatchPaymentUnknown(PaymentId paymentId, InvoiceId invoiceId) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.payment-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The invoice " + invoiceId + " has no payment " + paymentId + ".";
    }
  }

  /** A payment is confirmed by one entry, as a whole. */
  record MatchPaymentDiffers(Money recorded, Money wanted) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.payment-differs";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The recorded payment is %s, not %s.".formatted(recorded, wanted);
    }
  }

  /** A payment came once. */
  record PaymentMatchedAlready(PaymentId paymentId, String entry) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.payment-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The payment " + paymentId + " is matched with the bank entry " + entry + " already.";
    }
  }

  /** What has paid an invoice is not undone. */
  record PaymentStands(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.payment-stands";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The bank entry %s has recorded payments, and the ledger does not undo a payment: give the money back by a credit note of type REFUND or BALANCE instead."
          .formatted(entryId);
    }
  }

  /** Nothing was said of it. */
  record NothingToUndo(BankEntryId entryId) implements BankRejection {
    @Override
    public String code() {
      return "bank-entry.nothing-to-undo";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The bank entry " + entryId + " is neither matched nor ignored.";
    }
  }

  /** An entry pays an invoice once; its payment is named after both. */
  record InvoiceTwice(InvoiceId invoiceId) implements BankRejection {
    @Override
    public String code() {
      return "bank-match.invoice-twice";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A part of this bank entry is for the invoice " + invoiceId + " already.";
    }
  }
}
