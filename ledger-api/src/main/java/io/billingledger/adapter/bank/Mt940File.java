package io.billingledger.adapter.bank;

import com.prowidesoftware.swift.io.parser.SwiftParser;
import com.prowidesoftware.swift.model.Tag;
import com.prowidesoftware.swift.model.field.Field28C;
import com.prowidesoftware.swift.model.field.Field60F;
import com.prowidesoftware.swift.model.field.Field61;
import io.billingledger.bank.StatementFormat;
import io.billingledger.kernel.Rejected;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * SWIFT MT940, in its envelope or as most banks publish it, bare. A statement that goes over
 * several messages ({@code 62M} to {@code 60M}) is one.
 */
public final class Mt940File {
  private static final StatementFormat FORMAT = StatementFormat.MT940;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuMMdd");
  private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MMdd");

  private final List<StatementDraft> drafts = new ArrayList<>();
  private StatementDraft draft;
  private String account;
  private String number;
  private boolean closed = true;
  private Field61 pending;
  private String narrative;

  private Mt940File() {}

  public static List<ParsedStatement> read(byte[] file) {
    Mt940File reader = new Mt940File();
    for (String message : messages(text(file))) {
      tags(message).forEach(reader::take);
    }
    if (reader.drafts.isEmpty()) {
      throw unreadable("it holds no statement");
    }
    if (!reader.closed) {
      throw unreadable("its last statement has no closing balance");
    }
    return reader.drafts.stream().map(StatementDraft::build).toList();
  }

  /** The parser has no one exception for what it cannot read. */
  private static List<Tag> tags(String message) {
    try {
      return SwiftParser.parseBlock4("{4:\r\n" + message + "\r\n-}").getTags();
    } catch (RuntimeException malformed) {
      throw unreadable("it is no MT940: " + malformed.getMessage());
    }
  }

  private void take(Tag tag) {
    if (tag.getValue() == null) {
      throw unreadable("the field :%s: is empty".formatted(tag.getName()));
    }
    try {
      switch (tag.getName() == null ? "" : tag.getName()) {
        case "25", "25P" -> account = tag.getValue().lines().findFirst().orElse("");
        case "28C", "28" ->
            number =
                Optional.ofNullable(new Field28C(tag.getValue()).getStatementNumber())
                    .orElse(tag.getValue());
        case "60F" -> begin(new Field60F(tag.getValue()));
        case "60M" -> goOn(new Field60F(tag.getValue()));
        case "61" -> {
          finishLine();
          open();
          pending = new Field61(tag.getValue());
        }
        case "86" -> {
          if (pending != null && narrative == null) {
            narrative = tag.getValue();
          }
        }
        case "62F" -> end(new Field60F(tag.getValue()));
        case "62M" -> page(new Field60F(tag.getValue()));
        default -> {
          // References, available balances and the like say nothing that is needed.
        }
      }
    } catch (DateTimeException | IllegalArgumentException malformed) {
      throw unreadable("the field :%s:%s".formatted(tag.getName(), tag.getValue()));
    }
  }

  private void begin(Field60F balance) {
    if (!closed) {
      throw unreadable("a statement begins before the closing balance of the one before");
    }
    draft = new StatementDraft(FORMAT);
    draft.account(account).number(number);
    draft.opening(money(balance), day(balance.getDate()));
    drafts.add(draft);
    closed = false;
  }

  /** The next page goes on where the one before ended. */
  private void goOn(Field60F balance) {
    open();
    if (!draft.accountNumber().equals(String.valueOf(account).replaceAll("\\s", ""))
        || !draft.number().equals(String.valueOf(number).strip())
        || !draft.sum().isEqual(money(balance))) {
      throw unreadable(
          "page of statement %s begins with %s, but the one before ended with %s"
              .formatted(number, money(balance), draft.sum()));
    }
  }

  private void page(Field60F balance) {
    finishLine();
    open();
    if (!draft.sum().isEqual(money(balance))) {
      throw unreadable(
          "page of statement %s ends with %s, but its entries come to %s"
              .formatted(number, money(balance), draft.sum()));
    }
  }

  private void end(Field60F balance) {
    finishLine();
    open();
    draft.closing(money(balance), day(balance.getDate()));
    closed = true;
  }

  private void open() {
    if (closed) {
      throw unreadable("it has an entry or a balance before any opening balance");
    }
  }

  private void finishLine() {
    if (pending == null) {
      return;
    }
    Field61 line = pending;
    Mt940Text text = Mt940Text.of(narrative == null ? "" : narrative);
    pending = null;
    narrative = null;
    LocalDate valueOn = day(line.getValueDate());
    String mark = draft.required(line.getDebitCreditMark(), "whether money came or went");
    boolean came = mark.equals("C") || mark.equals("RD");
    if (!came && !mark.equals("D") && !mark.equals("RC")) {
      throw unreadable("the mark \"%s\" is none of C, D, RC and RD".formatted(mark));
    }
    Money amount = draft.money(amount(line.getAmount()), currency());
    String owner = line.getReferenceForTheAccountOwner();
    draft.add(
        new StatementDraft.Line(
            line.getEntryDate() == null ? valueOn : entryDate(line.getEntryDate(), valueOn),
            valueOn,
            came ? amount : amount.negated(),
            mark.startsWith("R"),
            line.getReferenceOfTheAccountServicingInstitution(),
            line.getTransactionType() == null
                ? line.getIdentificationCode()
                : line.getTransactionType() + line.getIdentificationCode(),
            text.payer(),
            text.account(),
            StatementDraft.joined(
                java.util.stream.Stream.of(
                    "NONREF".equals(owner) ? null : owner,
                    text.remittance(),
                    line.getSupplementaryDetails())),
            List.of()));
  }

  private String currency() {
    return draft.sum().getCurrencyUnit().getCode();
  }

  private static LocalDate day(String text) {
    if (text == null) {
      throw unreadable("it has no date where one is needed");
    }
    return LocalDate.parse(text, DAY);
  }

  /** Month and day; the year is the value date's, or the one beside it around New Year. */
  private static LocalDate entryDate(String text, LocalDate valueOn) {
    MonthDay day = MonthDay.parse(text, MONTH_DAY);
    int year = valueOn.getYear();
    if (day.getMonth() == Month.DECEMBER && valueOn.getMonth() == Month.JANUARY) {
      year--;
    }
    if (day.getMonth() == Month.JANUARY && valueOn.getMonth() == Month.DECEMBER) {
      year++;
    }
    return day.atYear(year);
  }

  private Money money(Field60F balance) {
    String mark = draft.required(balance.getDCMark(), "whether a balance is a debit");
    Money money = draft.money(amount(balance.getAmount()), balance.getCurrency());
    return mark.equals("C") ? money : money.negated();
  }

  private static BigDecimal amount(String text) {
    if (text == null) {
      throw unreadable("it has no amount where one is needed");
    }
    String plain = text.replace(',', '.');
    return new BigDecimal(plain.endsWith(".") ? plain + "0" : plain);
  }

  /** In envelopes or, without any, from one {@code :20:} to the next. */
  private static List<String> messages(String file) {
    List<String> messages = new ArrayList<>();
    if (file.contains("{4:")) {
      for (int at = file.indexOf("{4:"); at >= 0; at = file.indexOf("{4:", at + 1)) {
        int end = file.indexOf("-}", at);
        if (end < 0) {
          throw unreadable("a message has no end");
        }
        messages.add(file.substring(at + "{4:".length(), end).strip());
      }
      return messages;
    }
    for (String message : file.split("(?m)^(?=:20:)")) {
      if (message.startsWith(":20:")) {
        messages.add(message.strip().replaceAll("(?m)^-$", "").strip());
      }
    }
    return messages;
  }

  /** Banks write UTF-8 or Latin-1, and do not say which. */
  private static String text(byte[] file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException latin) {
      return new String(file, StandardCharsets.ISO_8859_1);
    }
  }

  private static Rejected unreadable(String problem) {
    return StatementDraft.unreadable(FORMAT, problem);
  }
}
