package io.billingledger.api.bank;

import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.bank.BankCommand.DescribeCsv;
import io.billingledger.bank.CsvMapping;
import io.billingledger.kernel.BankCsvMappingId;
import io.billingledger.kernel.Commands;
import io.billingledger.view.bank.BankCsvRow;
import io.billingledger.view.bank.BankRows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How each bank's CSV files are read. A new description holds for files from then on. */
@RestController
@RequestMapping("/api/finance/bank-csv-mappings")
@Tag(name = "Bank")
class BankCsvController {
  private final Commands commands;
  private final BankRows rows;
  private final EventStore history;

  BankCsvController(Commands commands, BankRows rows, EventStore history) {
    this.commands = commands;
    this.rows = rows;
    this.history = history;
  }

  /**
   * Columns are named by their headings.
   *
   * @param bank names the mapping
   * @param charset such as UTF-8 or windows-1252
   * @param skipLines before the headings; none unless given
   * @param dateFormat such as dd/MM/yyyy
   * @param amount column with signed amounts; or
   * @param credit column of what came, with
   * @param debit column of what went
   * @param balance column of the balance after each row, which is then checked
   */
  record Description(
      @NotBlank @Size(max = 100) String bank,
      @NotNull @Size(min = 1, max = 1) String delimiter,
      @NotBlank String charset,
      @Min(0) @Max(100) Integer skipLines,
      @NotNull @Pattern(regexp = "[.,]", message = "must be . or ,") String decimalMark,
      @NotBlank @Size(max = 40) String dateFormat,
      @NotBlank @Size(max = 100) String bookedOn,
      @Size(min = 1, max = 100) String valueOn,
      @Size(min = 1, max = 100) String amount,
      @Size(min = 1, max = 100) String credit,
      @Size(min = 1, max = 100) String debit,
      @Size(min = 1, max = 100) String balance,
      @Size(min = 1, max = 100) String reference,
      @Size(min = 1, max = 100) String payer,
      @Size(min = 1, max = 100) String remittance) {

    CsvMapping mapping() {
      List<Problem.Field> wrong = new ArrayList<>();
      if ("\"\n\r".contains(delimiter)) {
        wrong.add(Problem.Field.body("/delimiter", "must not be a quote or a line break"));
      }
      if (!isCharset()) {
        wrong.add(Problem.Field.body("/charset", "must be a known one, such as UTF-8"));
      }
      if (!isDateFormat()) {
        wrong.add(Problem.Field.body("/date_format", "must be a pattern such as dd/MM/yyyy"));
      }
      if (amount == null ? credit == null || debit == null : credit != null || debit != null) {
        wrong.add(
            Problem.Field.body(
                "/amount", "must be given, or else both of credit and debit, and not all"));
      }
      if (!wrong.isEmpty()) {
        throw ProblemException.body(wrong);
      }
      return new CsvMapping(
          bank,
          delimiter,
          charset,
          skipLines == null ? 0 : skipLines,
          decimalMark,
          dateFormat,
          bookedOn,
          valueOn,
          amount,
          credit,
          debit,
          balance,
          reference,
          payer,
          remittance);
    }

    private boolean isCharset() {
      try {
        return Charset.isSupported(charset);
      } catch (IllegalArgumentException noName) {
        return false;
      }
    }

    private boolean isDateFormat() {
      try {
        DateTimeFormatter.ofPattern(dateFormat).format(java.time.LocalDate.EPOCH);
        return true;
      } catch (IllegalArgumentException | java.time.DateTimeException noPattern) {
        return false;
      }
    }
  }

  /** As it is kept. */
  record Described(
      BankCsvMappingId id,
      String bank,
      String delimiter,
      String charset,
      int skipLines,
      String decimalMark,
      String dateFormat,
      String bookedOn,
      String valueOn,
      String amount,
      String credit,
      String debit,
      String balance,
      String reference,
      String payer,
      String remittance,
      Instant describedAt) {

    static Described of(BankCsvRow row) {
      CsvMapping m = row.mapping();
      return new Described(
          m.id(),
          m.bank(),
          m.delimiter(),
          m.charset(),
          m.skipLines(),
          m.decimalMark(),
          m.dateFormat(),
          m.bookedOn(),
          m.valueOn(),
          m.amount(),
          m.credit(),
          m.debit(),
          m.balance(),
          m.reference(),
          m.payer(),
          m.remittance(),
          row.describedAt());
    }
  }

  @PostMapping
  @Operation(
      operationId = "describeBankCsv",
      summary = "Say how a bank's CSV files are read from now on")
  Described describe(@Valid @RequestBody Description asked, Caller caller, @Now Instant now) {
    CsvMapping mapping = asked.mapping();
    commands.send(new DescribeCsv(mapping.id(), mapping, now), caller.actor());
    return Described.of(rows.mapping(mapping.id(), history));
  }

  @GetMapping
  @Operation(operationId = "listBankCsv", summary = "How banks' CSV files are read")
  Page<Described> list(Paging paging) {
    Cursor below = paging.newestFirst();
    return paging
        .page(
            rows.mappings(below.position(), below.id(), paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.id()))
        .map(Described::of);
  }
}
