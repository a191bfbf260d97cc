package io.billingledger.adapter.bank;

import io.billingledger.bank.CsvMapping;
import io.billingledger.bank.StatementFormat;
import io.billingledger.kernel.Rejected;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.joda.money.Money;

/** A bank's CSV file, read by its mapping. What a CSV file does not say is told beside it. */
public final class CsvFile {
  private static final StatementFormat FORMAT = StatementFormat.CSV;

  private final CsvMapping mapping;
  private final DateTimeFormatter dates;
  private final StatementDraft draft = new StatementDraft(FORMAT);
  private final String currency;

  private CsvFile(CsvMapping mapping, String currency) {
    this.mapping = mapping;
    this.dates = DateTimeFormatter.ofPattern(mapping.dateFormat());
    this.currency = currency;
  }

  /** What is told beside a CSV file. */
  public record Beside(
      String account,
      String currency,
      String number,
      BigDecimal opening,
      BigDecimal closing,
      LocalDate from,
      LocalDate to) {}

  public static List<ParsedStatement> read(byte[] file, CsvMapping mapping, Beside beside) {
    CsvFile reader = new CsvFile(mapping, beside.currency());
    reader.draft.account(beside.account()).number(beside.number());
    Money opening = reader.draft.money(beside.opening(), beside.currency());
    reader.draft.opening(opening, beside.from());
    reader.draft.closing(reader.draft.money(beside.closing(), beside.currency()), beside.to());
    reader.rows(file);
    return List.of(reader.draft.build());
  }

  private void rows(byte[] file) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(mapping.delimiter())
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(file), Charset.forName(mapping.charset())))) {
      for (int line = 0; line < mapping.skipLines(); line++) {
        text.readLine();
      }
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      try (CSVParser rows = format.parse(text)) {
        for (CSVRecord row : rows) {
          draft.add(line(row));
        }
      }
    } catch (CSVException | UncheckedIOException | IllegalArgumentException malformed) {
      throw unreadable(malformed.getMessage());
    } catch (IOException fromMemory) {
      throw unreadable(fromMemory.getMessage());
    }
  }

  private StatementDraft.Line line(CSVRecord row) {
    LocalDate bookedOn = date(row, mapping.bookedOn());
    Money amount = amount(row);
    if (mapping.balance() != null) {
      Money balance = draft.money(number(row, mapping.balance()), currency);
      if (!draft.sum().plus(amount).isEqual(balance)) {
        throw unreadable(
            "row %d: %s and %s do not come to the balance %s"
                .formatted(row.getRecordNumber(), draft.sum(), amount, balance));
      }
    }
    return new StatementDraft.Line(
        bookedOn,
        mapping.valueOn() == null ? bookedOn : date(row, mapping.valueOn()),
        amount,
        false,
        optional(row, mapping.reference()),
        null,
        optional(row, mapping.payer()),
        null,
        optional(row, mapping.remittance()),
        List.of());
  }

  /** Signed in one column, or without a sign in one of two. */
  private Money amount(CSVRecord row) {
    if (mapping.amount() != null) {
      return draft.money(number(row, mapping.amount()), currency);
    }
    boolean came = !cell(row, mapping.credit()).isEmpty();
    boolean went = !cell(row, mapping.debit()).isEmpty();
    BigDecimal credit = came ? number(row, mapping.credit()).abs() : BigDecimal.ZERO;
    BigDecimal debit = went ? number(row, mapping.debit()).abs() : BigDecimal.ZERO;
    if (credit.signum() != 0 && debit.signum() != 0) {
      throw unreadable("row %d has a credit and a debit".formatted(row.getRecordNumber()));
    }
    return draft.money(credit.subtract(debit), currency);
  }

  private BigDecimal number(CSVRecord row, String column) {
    String text = cell(row, column);
    String group = mapping.decimalMark().equals(",") ? "." : ",";
    String plain =
        text.replace(group, "").replaceAll("[\\s\\u00A0']", "").replace(mapping.decimalMark(), ".");
    try {
      return new BigDecimal(plain);
    } catch (NumberFormatException malformed) {
      throw unreadable(
          "row %d: \"%s\" in %s is no amount".formatted(row.getRecordNumber(), text, column));
    }
  }

  private LocalDate date(CSVRecord row, String column) {
    try {
      return LocalDate.parse(cell(row, column), dates);
    } catch (DateTimeParseException malformed) {
      throw unreadable(
          "row %d: \"%s\" in %s is no date like %s"
              .formatted(row.getRecordNumber(), cell(row, column), column, mapping.dateFormat()));
    }
  }

  private static String optional(CSVRecord row, String column) {
    return column == null ? null : cell(row, column);
  }

  private static String cell(CSVRecord row, String column) {
    if (!row.isSet(column)) {
      throw unreadable("row %d has no column %s".formatted(row.getRecordNumber(), column));
    }
    return row.get(column);
  }

  private static Rejected unreadable(String problem) {
    return StatementDraft.unreadable(FORMAT, problem);
  }
}
