package io.billingledger.api.finance;

import io.billingledger.api.error.ProblemException;
import io.billingledger.catalog.RevenueMethod;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.revenue.RevenueSchedule;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.revenue.RevenueRow;
import io.billingledger.view.revenue.RevenueRows;
import io.billingledger.view.revenue.Waterfall;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is earned when (IFRS 15, ASC 606). */
@RestController
@RequestMapping("/api/finance/revenue")
@Tag(name = "Finance")
class RevenueController {
  private static final long MOST_MONTHS = 120;

  private final RevenueRows rows;
  private final Waterfall waterfall;
  private final LegalEntity legalEntity;

  RevenueController(RevenueRows rows, Waterfall waterfall, LegalEntity legalEntity) {
    this.rows = rows;
    this.waterfall = waterfall;
    this.legalEntity = legalEntity;
  }

  /**
   * @param lines in the order in which they came into the books
   */
  record InvoiceRevenue(String invoiceId, List<Line> lines) {}

  /**
   * A line of the invoice, or what a note or a void takes from it.
   *
   * @param amount net of tax
   * @param from the first day that earns
   * @param to the day after the last
   * @param bookedOn accounting day on which it came into the books
   * @param recognised so far
   */
  record Line(
      String key,
      String lineId,
      String productCode,
      Money amount,
      LocalDate from,
      LocalDate to,
      RevenueMethod method,
      LocalDate bookedOn,
      Money recognised,
      List<MonthAmount> months) {

    static Line of(RevenueRow row) {
      RevenueSchedule schedule = row.line().schedule();
      return new Line(
          row.lineKey(),
          row.line().lineId(),
          row.productCode(),
          schedule.amount(),
          schedule.from(),
          schedule.to(),
          schedule.method(),
          row.bookedOn(),
          row.recognised(),
          MonthAmount.of(schedule.months()));
    }
  }

  record MonthAmount(YearMonth month, Money amount) {
    static List<MonthAmount> of(Map<YearMonth, Money> months) {
      return months.entrySet().stream()
          .map(month -> new MonthAmount(month.getKey(), month.getValue()))
          .toList();
    }
  }

  record DeferredRevenue(List<OfCurrency> currencies) {}

  /**
   * @param planned when what is deferred will be earned, as far as it is known
   */
  record OfCurrency(String currencyCode, List<Waterfall.Month> months, List<MonthAmount> planned) {}

  @GetMapping("/schedules")
  @Transactional(readOnly = true)
  @Operation(operationId = "getRevenueSchedule", summary = "What of an invoice is earned when")
  public InvoiceRevenue schedule(@RequestParam(name = "invoice_id") InvoiceId invoice) {
    return new InvoiceRevenue(
        invoice.value(), rows.ofInvoice(invoice.value()).stream().map(Line::of).toList());
  }

  @GetMapping("/waterfall")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getDeferredRevenue",
      summary = "How deferred revenue came and went by month, and when the rest will be earned")
  public DeferredRevenue waterfall(@RequestParam YearMonth from, @RequestParam YearMonth to) {
    if (to.isBefore(from) || ChronoUnit.MONTHS.between(from, to) >= MOST_MONTHS) {
      throw ProblemException.parameter(
          "to", "must be from's month or one of the %d after it".formatted(MOST_MONTHS - 1));
    }
    return new DeferredRevenue(
        waterfall.between(legalEntity.id(), from, to).stream()
            .map(
                each ->
                    new OfCurrency(
                        each.currency().getCode(), each.months(), MonthAmount.of(each.planned())))
            .toList());
  }
}
