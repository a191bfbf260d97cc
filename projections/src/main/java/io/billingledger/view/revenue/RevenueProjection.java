package io.billingledger.view.revenue;

import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.revenue.RevenueEvent.Earned;
import io.billingledger.revenue.RevenueEvent.RevenueRecognised;
import io.billingledger.revenue.RevenueLine;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.ViewGroups;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/** Makes the schedules of invoices, and counts what was recognised of them. */
@ProcessingGroup(ViewGroups.VIEWS)
public class RevenueProjection {
  private final RevenueRows rows;
  private final LegalEntity legalEntity;

  public RevenueProjection(RevenueRows rows, LegalEntity legalEntity) {
    this.rows = rows;
    this.legalEntity = legalEntity;
  }

  @EventHandler
  public void on(InvoiceIssued e) {
    LocalDate day = day(e.issuedAt());
    Map<String, String> products =
        e.lines().stream()
            .collect(
                Collectors.toMap(
                    line -> line.id().value(), line -> e.cycleOf(line).plan().productCode()));
    RevenueLine.of(e, day)
        .forEach(
            line ->
                rows.add(
                    new RevenueRow(
                        line,
                        e.tenantId().value(),
                        e.legalEntityId(),
                        products.get(line.lineId()),
                        day)));
  }

  @EventHandler
  public void on(CreditNoteIssued e) {
    LocalDate day = day(e.note().issuedAt());
    follow(
        e.invoiceId(),
        day,
        standing ->
            standing.stream().anyMatch(line -> line.isOf(e.note().id()))
                ? List.of()
                : RevenueLine.taken(e.note(), standing, day));
  }

  @EventHandler
  public void on(CreditNoteReversed e) {
    follow(e.invoiceId(), day(e.at()), standing -> RevenueLine.reversed(e.note().id(), standing));
  }

  @EventHandler
  public void on(InvoiceVoided e) {
    follow(e.invoiceId(), day(e.at()), RevenueLine::voided);
  }

  @EventHandler
  public void on(RevenueRecognised e) {
    for (Earned earned : e.earned()) {
      rows.find(earned.invoiceId().value(), earned.key())
          .orElseThrow(() -> new IllegalStateException("no revenue line for " + earned))
          .recognise(earned.amount(), e.monthEnd());
    }
  }

  @ResetHandler
  public void reset() {
    rows.removeAll();
  }

  /** Beside what there is of the invoice. */
  private void follow(
      InvoiceId invoice, LocalDate day, Function<List<RevenueLine>, List<RevenueLine>> following) {
    List<RevenueRow> standing = rows.ofInvoice(invoice.value());
    following
        .apply(standing.stream().map(RevenueRow::line).toList())
        .forEach(line -> rows.add(of(line, standing).beside(line, day)));
  }

  private static RevenueRow of(RevenueLine line, List<RevenueRow> standing) {
    return standing.stream()
        .filter(row -> row.line().lineId().equals(line.lineId()))
        .findFirst()
        .orElseThrow();
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, legalEntity.zone());
  }
}
