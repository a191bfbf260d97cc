package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.rating.Priced;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.RatedUse;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Derives an issued invoice again: from its event, the price versions, and the usage as it was when
 * it was cut off, with the engine that it names. Nothing of the result is taken from the invoice's
 * amounts; that they agree is the point.
 */
public final class Explanation {
  private final InvoiceIssued issued;
  private final PricingEngine engine;
  private final List<BilledUsage> usage;

  private Explanation(InvoiceIssued issued, PriceBook prices, UsedQuantities quantities) {
    this.issued = issued;
    this.engine = PricingEngine.of(issued.engineVersion());
    this.usage = issued.usage().stream().map(used -> again(used, prices, quantities)).toList();
  }

  /** Every line, in the invoice's order. */
  public static List<ExplainedLine> of(
      InvoiceIssued issued, PriceBook prices, UsedQuantities quantities) {
    return new Explanation(issued, prices, quantities).lines();
  }

  private BilledUsage again(UsedPeriod used, PriceBook prices, UsedQuantities quantities) {
    PlanSnapshot plan = prices.version(used.planCode(), used.planVersion());
    return new BilledUsage(
        used,
        plan,
        quantities.again(
            BilledUsage.span(
                issued.tenantId(), issued.subscriptionId(), used, plan, issued.zone())));
  }

  private List<ExplainedLine> lines() {
    CycleCharges wanted = CycleCharges.of(command(), issued.plan(), usage, engine, issued.zone());
    Charges again =
        Charges.of(
            issued.invoiceId(),
            issued.subscriptionId(),
            wanted.charges(),
            Stream.concat(wanted.discounts().stream(), coupons(wanted)).toList(),
            rules());
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
    return usageOf(line).map(BilledUsage::plan).findFirst().orElse(issued.plan());
  }

  private Priced priced(InvoiceLine line, InvoiceLine again) {
    return usageOf(line)
        .flatMap(
            billed ->
                UsageRating.rate(billed.plan().terms(), billed.reading(), engine).uses().stream())
        .filter(use -> isOf(line, use))
        .map(RatedUse::priced)
        .findFirst()
        .orElseGet(
            () ->
                engine.price(
                    line.quantity(),
                    line.unitPrice(),
                    again.part() == null ? null : again.part().share(),
                    issued.total().getCurrencyUnit()));
  }

  private Stream<BilledUsage> usageOf(InvoiceLine line) {
    return line.usage() == null
        ? Stream.empty()
        : usage.stream()
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

  private IssueInvoice command() {
    return new IssueInvoice(
        issued.invoiceId(),
        issued.tenantId(),
        issued.subscriptionId(),
        issued.cycleNo(),
        issued.period(),
        anchor(issued.period()),
        issued.plan().code(),
        issued.plan().terms().version(),
        issued.quantity(),
        LocalDays.dateOf(issued.dueAt(), issued.zone()),
        issued.reason(),
        issued.collect(),
        issued.usage(),
        issued.lines().stream()
            .filter(line -> line.type() == LineType.RECURRING)
            .map(InvoiceLine::part)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        List.of(),
        issued.issuedAt());
  }

  /** A period ends on the anchor, unless its month is too short; then it began on it. */
  private int anchor(BillingPeriod period) {
    return switch (issued.plan().terms().interval()) {
      case CalendarMonths(int _, Integer day) when day != null -> day;
      case CalendarMonths _ ->
          Math.max(period.start().getDayOfMonth(), period.end().getDayOfMonth());
      case RollingDays _ -> period.start().getDayOfMonth();
    };
  }

  /** What came off by coupons: what did not by the plan itself. */
  private Stream<Discount> coupons(CycleCharges wanted) {
    return issued.discounts().stream()
        .filter(
            applied ->
                wanted.discounts().stream().noneMatch(own -> own.code().equals(applied.code())))
        .map(
            applied ->
                applied.percent() == null
                    ? Discount.amount(
                        applied.code(), applied.description(), applied.asked(), _ -> true)
                    : Discount.percent(
                        applied.code(), applied.description(), applied.percent(), _ -> true));
  }

  private List<TaxRule> rules() {
    return issued.taxes().stream().map(this::rule).toList();
  }

  /** As it was applied; where it holds has been decided. */
  private TaxRule rule(TaxLine tax) {
    return new TaxRule(
        TaxRuleId.derive(issued.invoiceId(), tax.name()),
        "ZZ",
        tax.name(),
        tax.ratePercent(),
        tax.baseFactor(),
        tax.regulation(),
        true,
        LocalDays.dateOf(issued.issuedAt(), issued.zone()),
        null);
  }
}
