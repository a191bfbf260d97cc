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
import java.util.function.Predicate;
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
    RevenueLine.of(e, day)
        .forEach(
            line ->
                rows.add(
                    new RevenueRow(
                        line,
                        e.tenantId().value(),
                        e.legalEntityId(),
                        e.plan().productCode(),
                        day)));
  }

  @EventHandler
  public void on(CreditNoteIssued e) {
    List<RevenueRow> standing = rows.ofInvoice(e.invoiceId().value());
    if (standing.stream().anyMatch(row -> row.lineKey().contains("/" + e.note().id().value()))) {
      return;
    }
    LocalDate day = day(e.note().issuedAt());
    RevenueLine.taken(e.note(), standing.stream().map(RevenueRow::line).toList(), day)
        .forEach(line -> rows.add(standing.getFirst().beside(line, day)));
  }

  @EventHandler
  public void on(CreditNoteReversed e) {
    undo(
        e.invoiceId(),
        row -> row.lineKey().contains("/" + e.note().id().value()) && !row.isUndone(),
        "reversed",
        e.at());
  }

  @EventHandler
  public void on(InvoiceVoided e) {
    undo(e.invoiceId(), row -> !row.lineKey().endsWith("/void"), "void", e.at());
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

  private void undo(InvoiceId invoice, Predicate<RevenueRow> which, String by, Instant at) {
    LocalDate day = day(at);
    rows.ofInvoice(invoice.value()).stream()
        .filter(which)
        .forEach(row -> rows.add(row.beside(row.line().undone(by), day)));
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, legalEntity.zone());
  }
}
