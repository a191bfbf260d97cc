package io.billingledger.api.report;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.journal.Account;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.report.Report;
import io.billingledger.view.report.ReportRows;
import io.billingledger.view.report.ReportRows.Asked;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The reports of finance, at any day: the same rows as JSON, CSV or XLSX. */
@RestController
@RequestMapping("/api/finance/reports")
@Tag(name = "Finance")
class ReportController {
  private final ReportRows rows;
  private final BillingProfiles tenants;
  private final LegalEntity legalEntity;

  ReportController(ReportRows rows, BillingProfiles tenants, LegalEntity legalEntity) {
    this.rows = rows;
    this.tenants = tenants;
    this.legalEntity = legalEntity;
  }

  /** In what a report is answered. */
  enum Format {
    JSON("application/json"),
    CSV("text/csv;charset=UTF-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String type;

    Format(String type) {
      this.type = type;
    }
  }

  /**
   * @param from the first accounting day: of the month of {@code to} unless given; not used by what
   *     is as of a day
   * @param to the last one: today unless given
   * @param account of an account's statement, with {@code detail} or all of it
   * @param tenant of a customer's statement
   */
  @GetMapping("/{report}")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getReport",
      summary =
          "TRIAL_BALANCE, ACCOUNT_STATEMENT, GENERAL_LEDGER, RECEIVABLES_AGEING,"
              + " CUSTOMER_STATEMENT or TAX_REGISTER, as JSON, CSV or XLSX",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(mediaType = "application/json", schema = @Schema(type = "object")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }))
  public void get(
      @PathVariable Report report,
      @RequestParam(required = false) LocalDate from,
      @RequestParam(required = false) LocalDate to,
      @RequestParam(required = false) Account account,
      @RequestParam(required = false) String detail,
      @RequestParam(name = "tenant_id", required = false) TenantId tenant,
      @RequestParam(required = false) Format format,
      @Now Instant now,
      HttpServletResponse response)
      throws IOException {
    LocalDate last = to == null ? LocalDate.ofInstant(now, legalEntity.zone()) : to;
    LocalDate first = from == null ? YearMonth.from(last).atDay(1) : from;
    if (last.isBefore(first)) {
      throw ProblemException.parameter("to", "must not be before from");
    }
    if (report == Report.ACCOUNT_STATEMENT && account == null) {
      throw ProblemException.parameter("account", "is needed for an account's statement");
    }
    if (report == Report.CUSTOMER_STATEMENT) {
      if (tenant == null) {
        throw ProblemException.parameter("tenant_id", "is needed for a customer's statement");
      }
      tenants.of(tenant);
    }
    Asked asked =
        new Asked(
            legalEntity.id(),
            first,
            last,
            legalEntity.zone(),
            account,
            detail,
            tenant == null ? null : tenant.value());
    Format as = format == null ? Format.JSON : format;
    response.setContentType(as.type);
    if (as != Format.JSON) {
      response.setHeader(
          "Content-Disposition",
          "attachment; filename=\"%s-%s.%s\""
              .formatted(slug(report), last, as.name().toLowerCase(Locale.ROOT)));
    }
    OutputStream out = new BufferedOutputStream(response.getOutputStream());
    write(report, asked, writer(report, asked, as, out));
    out.flush();
  }

  private static TableWriter writer(Report report, Asked asked, Format as, OutputStream out)
      throws IOException {
    return switch (as) {
      case JSON -> new JsonTable(out, header(report, asked));
      case CSV -> new CsvTable(out);
      case XLSX -> new XlsxTable(out, slug(report));
    };
  }

  private static Map<String, Object> header(Report report, Asked asked) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("report", report);
    header.put("legal_entity_id", asked.legalEntityId());
    header.put("from", asked.from());
    header.put("to", asked.to());
    return header;
  }

  private static String slug(Report report) {
    return report.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void write(Report report, Asked asked, TableWriter table) throws IOException {
    table.begin(report.columns());
    rows.read(
        report,
        asked,
        row -> {
          try {
            table.row(row);
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    table.end();
  }
}
