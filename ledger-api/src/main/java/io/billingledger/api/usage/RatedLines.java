package io.billingledger.api.usage;

import io.billingledger.api.usage.UsageResource.Fate;
import io.billingledger.api.usage.UsageResource.State;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.metering.UsageRows;
import io.billingledger.metering.UsageSpans;
import io.billingledger.metering.UsageSpans.Closed;
import io.billingledger.metering.UsageSpans.Recount;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.RowJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which line of which invoice counts a record whose period is closed. A line that charges usage
 * names the instant at which its period was cut off, and by that the records that it counts.
 */
@Component
class RatedLines {
  private final JdbcClient database;
  private final UsageSpans spans;

  RatedLines(JdbcClient database, UsageSpans spans) {
    this.database = database;
    this.spans = spans;
  }

  private record Issued(InvoiceId invoice, boolean atCutOff, List<InvoiceLine> lines) {}

  /**
   * @param late the record's position where it came late and is billed with the span all the same;
   *     null for any other
   */
  Fate fate(UsageRecord usage, Long late, Closed closed) {
    List<Recount> recounts = spans.recounts(closed.subscriptionId(), closed.to());
    Set<Instant> counted =
        recounts.stream()
            .filter(recount -> late == null || recount.cutOff() > late)
            .map(Recount::at)
            .collect(Collectors.toCollection(HashSet::new));
    if (late == null) {
      counted.add(closed.closedAt());
    }
    if (counted.isEmpty()) {
      return new Fate(
          State.CLOSED,
          "It came late: what its period was billed is credited and billed again.",
          closed.from(),
          closed.to(),
          closed.closedAt(),
          null,
          null);
    }
    List<Issued> invoices = invoices(closed, recounts);
    // The latest count is the one that stands.
    for (Issued issued : invoices.reversed()) {
      for (InvoiceLine line : issued.lines()) {
        if (line.subscriptionId().equals(closed.subscriptionId())
            && counts(line, usage, closed, counted)) {
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
  private List<Issued> invoices(Closed closed, List<Recount> recounts) {
    List<Issued> invoices = new ArrayList<>();
    database
        .sql(
            "WITH own AS (SELECT invoice_id, lines, issued_at, created_position FROM view_invoice"
                + " WHERE (subscription_id = :subscription OR cycles IS NOT NULL"
                + " AND position(:quoted IN cycles) > 0) AND void_at IS NULL)"
                + " (SELECT * FROM own WHERE issued_at >= :closed::timestamptz"
                + " ORDER BY created_position LIMIT 3)"
                + " UNION SELECT * FROM own WHERE issued_at = ANY (:recounts::timestamptz[])"
                + " ORDER BY created_position")
        .param("subscription", closed.subscriptionId().value())
        .param("quoted", '"' + closed.subscriptionId().value() + '"')
        .param("closed", closed.closedAt().toString())
        .param(
            "recounts", recounts.stream().map(each -> each.at().toString()).toArray(String[]::new))
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

  private static boolean counts(
      InvoiceLine line, UsageRecord usage, Closed closed, Set<Instant> counted) {
    if (line.usage() == null
        || line.usage().model() == null
        || line.cycleNo() != closed.cycleNo()
        || !counted.contains(line.usage().closedAt())) {
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
