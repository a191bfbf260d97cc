package io.billingledger.adapter.bank;

import io.billingledger.bank.BankEntry;
import io.billingledger.bank.BankRejection.FileUnreadable;
import io.billingledger.bank.Statement;
import io.billingledger.bank.StatementFormat;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.Rejected;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/** A statement while a file is read: the same for every format. */
final class StatementDraft {
  private static final int LONGEST_TEXT = 2000;
  private static final int LONGEST_NAME = 200;

  /** Before the point and behind it; an exponent could ask for any number of them. */
  private static final int MOST_DIGITS = 18;

  private final StatementFormat format;
  private final List<Line> lines = new ArrayList<>();
  private String accountNumber;
  private String number;
  private LocalDate from;
  private LocalDate to;
  private Money opening;
  private Money closing;

  StatementDraft(StatementFormat format) {
    this.format = format;
  }

  /**
   * One movement as the bank tells it.
   *
   * @param parts of a batch; one or none is no batch
   */
  record Line(
      LocalDate bookedOn,
      LocalDate valueOn,
      Money amount,
      boolean reversal,
      String reference,
      String kind,
      String payer,
      String payerAccount,
      String text,
      List<Part> parts) {}

  /** One payment of a batch. */
  record Part(Money amount, String reference, String payer, String text) {}

  StatementDraft account(String account) {
    accountNumber = required(account, "the account").replaceAll("\\s", "");
    return this;
  }

  StatementDraft number(String given) {
    number = required(given, "the statement's number").strip();
    return this;
  }

  StatementDraft opening(Money balance, LocalDate on) {
    opening = balance;
    from = on;
    return this;
  }

  /** The balance of before, which is the opening one unless that is told, too. */
  StatementDraft before(Money balance, LocalDate on) {
    return opening == null ? opening(balance, on) : this;
  }

  /** The first day, where it is not that of the opening balance. */
  StatementDraft from(LocalDate day) {
    from = day;
    return this;
  }

  StatementDraft closing(Money balance, LocalDate on) {
    closing = balance;
    to = on;
    return this;
  }

  StatementDraft add(Line line) {
    if (lines.size() == Statement.MOST_ENTRIES) {
      throw unreadable(format, "a statement has at most %d entries".formatted(lines.size()));
    }
    lines.add(line);
    return this;
  }

  String accountNumber() {
    return accountNumber;
  }

  String number() {
    return number;
  }

  /** Opening balance and entries so far. */
  Money sum() {
    return lines.stream().map(Line::amount).reduce(opening, Money::plus);
  }

  ParsedStatement build() {
    if (opening == null || from == null) {
      throw unreadable(format, "it has no opening balance");
    }
    if (closing == null || to == null) {
      throw unreadable(format, "it has no closing balance");
    }
    required(accountNumber, "the account");
    required(number, "the statement's number");
    BankStatementId id = Statement.id(Statement.accountId(accountNumber, opening), number, to);
    List<BankEntry> entries = new ArrayList<>();
    List<EntryText> texts = new ArrayList<>();
    for (Line line : lines) {
      int lineNo = entries.size() + 1;
      BankEntryId entry = BankEntryId.derive(id, lineNo);
      boolean batch = line.parts().size() > 1;
      entries.add(
          new BankEntry(
              entry,
              lineNo,
              line.bookedOn(),
              line.valueOn(),
              line.amount(),
              line.reversal(),
              name(line.reference()),
              name(line.kind()),
              batch
                  ? line.parts().stream()
                      .map(part -> new BankEntry.Part(part.amount(), name(part.reference())))
                      .toList()
                  : List.of()));
      texts.add(
          new EntryText(
              entry,
              name(line.payer()),
              name(line.payerAccount()),
              text(line.text()),
              batch
                  ? line.parts().stream()
                      .map(part -> new EntryText.Part(name(part.payer()), text(part.text())))
                      .toList()
                  : List.of()));
    }
    return new ParsedStatement(
        new Statement(accountNumber, number, from, to, opening, closing, entries), texts);
  }

  /** What is left out or empty in a file is refused by name. */
  String required(String value, String what) {
    if (value == null || value.isBlank()) {
      throw unreadable(format, "it does not say " + what);
    }
    return value;
  }

  /** With the digits of its currency, however many the bank wrote. */
  Money money(BigDecimal amount, String currency) {
    required(currency, "a currency");
    if (amount == null) {
      throw unreadable(format, "it has no amount where one is needed");
    }
    if ((long) amount.precision() - amount.scale() > MOST_DIGITS || amount.scale() > MOST_DIGITS) {
      throw unreadable(format, "an amount has more than %d digits".formatted(MOST_DIGITS));
    }
    try {
      CurrencyUnit unit = CurrencyUnit.of(currency.strip());
      return Money.of(unit, amount.setScale(unit.getDecimalPlaces(), RoundingMode.UNNECESSARY));
    } catch (IllegalCurrencyException unknown) {
      throw unreadable(format, "the currency %s is not known".formatted(currency));
    } catch (ArithmeticException tooFine) {
      throw unreadable(format, "%s %s has too many digits".formatted(currency, amount));
    }
  }

  static Rejected unreadable(StatementFormat format, String problem) {
    return new Rejected(new FileUnreadable(format.name(), problem));
  }

  /** What is there, in one text. */
  static String joined(Stream<String> texts) {
    return texts
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  private static String name(String value) {
    String text = value == null ? "" : clean(value, LONGEST_NAME).strip();
    return text.isEmpty() ? null : text;
  }

  private static String text(String value) {
    return value == null ? "" : clean(value, LONGEST_TEXT);
  }

  private static String clean(String text, int longest) {
    String clean = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ");
    return clean.length() > longest ? clean.substring(0, longest) : clean;
  }
}
