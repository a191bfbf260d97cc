package io.billingledger.api.usage;

import io.billingledger.api.usage.UsageResource.Fate;
import io.billingledger.api.usage.UsageResource.State;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.metering.UsageRows;
import io.billingledger.metering.UsageSpans.Closed;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which line of which invoice counts a record whose period is closed. A line that charges usage
 * names the instant at which its period was cut off, and by that the records that it counts.
 */
@Component
class RatedLines {
  private final JdbcClient database;

  RatedLines(JdbcClient database) {
    this.database = database;
  }

  private record Issued(InvoiceId invoice, boolean atCutOff, List<InvoiceLine> lines) {}

  Fate fate(UsageRecord usage, Closed closed) {
    List<Issued> invoices = invoices(closed);
    for (Issued issued : invoices) {
      for (InvoiceLine line : issued.lines()) {
        if (counts(line, usage, closed)) {
          return new Fate(
              State.RATED,
              "It is counted on a line of an invoice.",
              closed.from(),
              closed.to(),
              closed.closedAt(),
              issued.invoice(),
              line.id());
        }
      }
    }
    // The invoice that cuts a period off is issued at that very instant.
    boolean billed = invoices.stream().anyMatch(Issued::atCutOff);
    return new Fate(
        billed ? State.NOT_CHARGED : State.CLOSED,
        billed
            ? "No meter and no limit of the plan charges for it."
            : "Its period is closed and the invoice follows.",
        closed.from(),
        closed.to(),
        closed.closedAt(),
        null,
        null);
  }

  /** Those that may have billed the period: of the subscription, issued since it was cut off. */
  private List<Issued> invoices(Closed closed) {
    List<Issued> invoices = new ArrayList<>();
    database
        .sql(
            "SELECT invoice_id, lines, issued_at FROM view_invoice WHERE subscription_id = ? AND issued_at >="
                + " ?::timestamptz AND void_at IS NULL ORDER BY created_position LIMIT 3")
        .params(closed.subscriptionId().value(), closed.closedAt().toString())
        .query(
            row -> {
              invoices.add(
                  new Issued(
                      new InvoiceId(row.getString("invoice_id")),
                      UsageRows.instant(row, "issued_at").equals(closed.closedAt()),
                      RowJson.read(row.getString("lines"), InvoiceLine.class)));
            });
    return invoices;
  }

  private static boolean counts(InvoiceLine line, UsageRecord usage, Closed closed) {
    if (line.usage() == null
        || line.usage().model() == null
        || line.cycleNo() != closed.cycleNo()
        || !closed.closedAt().equals(line.usage().closedAt())) {
      return false;
    }
    Map<String, String> group = line.usage().group();
    return line.metricCode().equals(usage.metric())
            && group.entrySet().stream()
                .allMatch(
                    each ->
                        usage.properties().getOrDefault(each.getKey(), "").equals(each.getValue()))
        || usage.module() != null
            && line.metricCode().equals(usage.module() + "/" + usage.metric());
  }
}
