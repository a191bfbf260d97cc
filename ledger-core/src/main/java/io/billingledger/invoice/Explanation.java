package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.rating.Priced;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.RatedUse;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsedQuantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Derives an issued invoice again: from its event, the price versions, and the usage as it was when
 * it was cut off, with the engine that it names. Nothing of the result is taken from the invoice's
 * amounts; that they agree is the point.
 */
public final class Explanation {
  private final InvoiceIssued issued;
  private final Rederivation derived;

  private Explanation(InvoiceIssued issued, PriceBook prices, UsedQuantities quantities) {
    this.issued = issued;
    this.derived =
        new Rederivation(
            issued, PricingEngine.of(issued.engineVersion()), Map.of(), prices, quantities);
  }

  /** Every line, in the invoice's order. */
  public static List<ExplainedLine> of(
      InvoiceIssued issued, PriceBook prices, UsedQuantities quantities) {
    return new Explanation(issued, prices, quantities).lines();
  }

  private List<ExplainedLine> lines() {
    Charges again = derived.charges();
    if (again.lines().size() != issued.lines().size()) {
      throw new IllegalStateException(
          "%s has %d lines and derives to %d"
              .formatted(issued.invoiceId(), issued.lines().size(), again.lines().size()));
    }
    List<ExplainedLine> lines = new ArrayList<>();
    for (int i = 0; i < again.lines().size(); i++) {
      InvoiceLine line = issued.lines().get(i);
      lines.add(
          new ExplainedLine(
              line, plan(line), priced(line, again.lines().get(i)), again.lines().get(i)));
    }
    return List.copyOf(lines);
  }

  private PlanSnapshot plan(InvoiceLine line) {
    return usageOf(line)
        .map(BilledUsage::plan)
        .findFirst()
        .orElseGet(() -> issued.cycleOf(line).plan());
  }

  private Priced priced(InvoiceLine line, InvoiceLine again) {
    return usageOf(line)
        .flatMap(
            billed ->
                UsageRating.rate(billed.plan().terms(), billed.reading(), derived.engine())
                    .uses()
                    .stream())
        .filter(use -> isOf(line, use))
        .map(RatedUse::priced)
        .findFirst()
        .orElseGet(
            () ->
                derived
                    .engine()
                    .price(
                        line.quantity(),
                        line.unitPrice(),
                        again.part() == null ? null : again.part().share(),
                        issued.total().getCurrencyUnit()));
  }

  private Stream<BilledUsage> usageOf(InvoiceLine line) {
    return line.usage() == null
        ? Stream.empty()
        : derived.of(line).usage().stream()
            .filter(
                billed ->
                    billed.used().cycleNo() == line.cycleNo()
                        && billed.used().period().equals(line.usage().period()));
  }

  private static boolean isOf(InvoiceLine line, RatedUse use) {
    return use.metricCode().equals(line.metricCode())
        && use.overage() == (line.type() == LineType.OVERAGE)
        && use.group().equals(line.usage().group())
        && use.pricing().model() == line.usage().model()
        && use.records() == line.usage().records();
  }
}
