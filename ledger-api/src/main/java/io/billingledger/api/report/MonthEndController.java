package io.billingledger.api.report;

import io.billingledger.document.TablesPdf;
import io.billingledger.document.TablesPdf.Table;
import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.AccountingPeriods;
import io.billingledger.journal.AccountingPeriods.Period;
import io.billingledger.run.Breaks;
import io.billingledger.run.Breaks.Invariant;
import io.billingledger.run.CheckStatus;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.report.Report;
import io.billingledger.view.report.ReportRows;
import io.billingledger.view.report.ReportRows.Asked;
import io.billingledger.view.revenue.Waterfall;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.Money;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What finance signs at a month's end, on paper. */
@RestController
@Tag(name = "Finance")
class MonthEndController {
  private static final String CURRENCY = "currency";

  private final ReportRows reports;
  private final Waterfall waterfall;
  private final AccountingCalendars calendars;
  private final Breaks breaks;
  private final LegalEntity legalEntity;

  MonthEndController(
      ReportRows reports,
      Waterfall waterfall,
      AccountingCalendars calendars,
      Breaks breaks,
      LegalEntity legalEntity) {
    this.reports = reports;
    this.waterfall = waterfall;
    this.calendars = calendars;
    this.breaks = breaks;
    this.legalEntity = legalEntity;
  }

  @GetMapping("/api/finance/month-end/{month}")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getMonthEnd",
      summary = "The month-end report as a PDF for printing",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_PDF_VALUE,
                      schema = @Schema(type = "string", format = "binary"))))
  public ResponseEntity<byte[]> get(@PathVariable YearMonth month) {
    byte[] pdf =
        TablesPdf.bytes(
            "Month-end report",
            legalEntity.name() + " · " + month,
            month.atEndOfMonth(),
            List.of(
                period(month),
                table(
                    month,
                    Report.TRIAL_BALANCE,
                    "Trial balance at the month's end",
                    "number account detail currency >debit >credit"),
                revenue(month),
                table(
                    month,
                    Report.RECEIVABLES_AGEING,
                    "Receivables by age",
                    "customer currency >not_due >days_1_30 >days_31_60 >days_61_90 >days_over_90"
                        + " >total"),
                taxes(month),
                reconciliation()));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header("Content-Disposition", "inline; filename=\"month-end-%s.pdf\"".formatted(month))
        .body(pdf);
  }

  private Table period(YearMonth month) {
    AccountingPeriods periods = calendars.of(legalEntity.id());
    Period period = periods.of(month);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Status", periods.standing(month).name()));
    if (period.closed() != null) {
      rows.add(List.of("Closed", period.closed().at() + " by " + period.closed().by()));
      rows.add(List.of("Asked for by", period.closed().requestedBy()));
      rows.add(List.of("Entries", Integer.toString(period.closed().books().entries())));
      rows.add(List.of("Digest (SHA-256)", period.closed().books().digest()));
    }
    if (period.locked() != null) {
      rows.add(List.of("Locked", period.locked().at() + " by " + period.locked().by()));
    }
    return new Table("The month", List.of("what", "value"), rows, "");
  }

  private Table table(YearMonth month, Report report, String title, String columns) {
    List<String> heads = List.of(columns.split(" "));
    List<String> names = report.columns().stream().map(column -> column.name()).toList();
    List<List<String>> rows = new ArrayList<>();
    reports.read(
        report,
        asked(month),
        row -> {
          List<String> texts = new ArrayList<>();
          for (String head : heads) {
            texts.add(text(row.get(names.indexOf(head.replace(">", "")))));
          }
          rows.add(texts);
        });
    return new Table(title, readable(heads), rows, "Nothing.");
  }

  private Table revenue(YearMonth month) {
    List<List<String>> rows = new ArrayList<>();
    waterfall
        .between(legalEntity.id(), month, month)
        .forEach(
            each ->
                each.months()
                    .forEach(
                        m ->
                            rows.add(
                                List.of(
                                    each.currency().getCode(),
                                    text(m.opening()),
                                    text(m.invoiced()),
                                    text(m.taken()),
                                    text(m.recognised()),
                                    text(m.closing())))));
    return new Table(
        "Deferred and recognised revenue",
        List.of(CURRENCY, ">opening", ">invoiced", ">taken back", ">recognised", ">closing"),
        rows,
        "Nothing was deferred.");
  }

  private Table taxes(YearMonth month) {
    Map<String, BigDecimal[]> byRule = new TreeMap<>();
    reports.read(
        Report.TAX_REGISTER,
        asked(month),
        row ->
            byRule.merge(
                row.get(5) + "\t" + row.get(6),
                new BigDecimal[] {(BigDecimal) row.get(7), (BigDecimal) row.get(8)},
                (a, b) -> new BigDecimal[] {a[0].add(b[0]), a[1].add(b[1])}));
    List<List<String>> rows = new ArrayList<>();
    byRule.forEach(
        (key, sums) ->
            rows.add(
                List.of(key.split("\t")[0], key.split("\t")[1], text(sums[0]), text(sums[1]))));
    return new Table(
        "Tax of the month", List.of("tax", CURRENCY, ">net", ">amount"), rows, "No tax.");
  }

  /** What agrees is counted, what does not is named. */
  private Table reconciliation() {
    List<Invariant> all = breaks.invariants();
    List<List<String>> rows = new ArrayList<>();
    long fine = all.stream().filter(each -> each.status() == CheckStatus.OK).count();
    if (fine > 0) {
      rows.add(List.of("%d of %d invariants".formatted(fine, all.size()), "OK", "0", ""));
    }
    all.stream()
        .filter(each -> each.status() == CheckStatus.BROKEN)
        .forEach(
            each ->
                rows.add(
                    List.of(
                        each.name().replace('-', ' '),
                        "BROKEN",
                        Integer.toString(each.count()),
                        LocalDate.ofInstant(each.since(), legalEntity.zone()).toString())));
    return new Table(
        "Reconciliation, as it was looked at last",
        List.of("invariant", "status", ">breaks", ">since"),
        rows,
        "Not looked at yet.");
  }

  private Asked asked(YearMonth month) {
    return new Asked(
        legalEntity.id(),
        month.atDay(1),
        month.atEndOfMonth(),
        legalEntity.zone(),
        null,
        null,
        null);
  }

  private static List<String> readable(List<String> heads) {
    return heads.stream()
        .map(head -> head.replaceFirst("days_(\\d+)_(\\d+)", "$1–$2 days"))
        .map(head -> head.replace("days_over_90", "over 90 days").replace('_', ' '))
        .toList();
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "";
      case Money money -> text(money.getAmount());
      case BigDecimal amount -> {
        String zeros = amount.scale() > 0 ? "." + "0".repeat(amount.scale()) : "";
        yield new DecimalFormat("#,##0" + zeros, DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(amount);
      }
      default -> value.toString();
    };
  }
}
