package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The lines of an issued invoice computed again from its event, the price versions, and the usage
 * as it was when it was cut off. Nothing of the result is taken from the invoice's amounts. The
 * engine and versions of plans may be others than it was made with.
 */
final class Rederivation {
  private final InvoiceIssued issued;
  private final PricingEngine engine;
  private final Map<String, Integer> versions;
  private final List<Cycle> cycles;

  /**
   * A subscription's part of the invoice.
   *
   * @param plan in the version that prices it here
   */
  record Cycle(InvoicedCycle invoiced, PlanSnapshot plan, List<BilledUsage> usage) {
    boolean isOf(InvoiceLine line) {
      return invoiced.subscriptionId().equals(line.subscriptionId());
    }
  }

  /**
   * @param versions of plans, by their code, in the place of those that the invoice was made with
   */
  Rederivation(
      InvoiceIssued issued,
      PricingEngine engine,
      Map<String, Integer> versions,
      PriceBook prices,
      UsedQuantities quantities) {
    this.issued = issued;
    this.engine = engine;
    this.versions = versions;
    this.cycles = issued.cycles().stream().map(cycle -> again(cycle, prices, quantities)).toList();
  }

  PricingEngine engine() {
    return engine;
  }

  /** Whose line it is. */
  Cycle of(InvoiceLine line) {
    return cycles.stream().filter(cycle -> cycle.isOf(line)).findFirst().orElseThrow();
  }

  Charges charges() {
    return Charges.of(issued.invoiceId(), cycles.stream().map(this::asked).toList(), rules());
  }

  private Charges.Asked asked(Cycle cycle) {
    CycleCharges wanted =
        CycleCharges.of(
            command(cycle.invoiced()), cycle.plan(), cycle.usage(), engine, issued.zone());
    return new Charges.Asked(
        cycle.invoiced().subscriptionId(),
        wanted.charges(),
        Stream.concat(wanted.discounts().stream(), coupons(cycle, wanted)).toList());
  }

  private Cycle again(InvoicedCycle cycle, PriceBook prices, UsedQuantities quantities) {
    String code = cycle.plan().code();
    PlanSnapshot plan =
        versions.containsKey(code) ? prices.version(code, versions.get(code)) : cycle.plan();
    return new Cycle(
        cycle,
        plan,
        cycle.usage().stream().map(used -> again(cycle, used, prices, quantities)).toList());
  }

  private BilledUsage again(
      InvoicedCycle cycle, UsedPeriod used, PriceBook prices, UsedQuantities quantities) {
    PlanSnapshot priced =
        prices.version(used.planCode(), versions.getOrDefault(used.planCode(), used.planVersion()));
    UsageSpan span =
        BilledUsage.span(issued.tenantId(), cycle.subscriptionId(), used, priced, issued.zone());
    return new BilledUsage(
        used,
        priced,
        used.again() == null
            ? quantities.again(span)
            : quantities.again(span, used.again().round()));
  }

  private IssueInvoice command(InvoicedCycle cycle) {
    return new IssueInvoice(
        issued.invoiceId(),
        issued.tenantId(),
        cycle.subscriptionId(),
        cycle.cycleNo(),
        cycle.period(),
        anchor(cycle),
        cycle.plan().code(),
        cycle.plan().terms().version(),
        cycle.quantity(),
        LocalDays.dateOf(issued.dueAt(), issued.zone()),
        cycle.reason(),
        issued.collect(),
        cycle.usage(),
        issued.lines().stream()
            .filter(line -> line.type() == LineType.RECURRING)
            .filter(line -> line.subscriptionId().equals(cycle.subscriptionId()))
            .map(InvoiceLine::part)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        List.of(),
        issued.issuedAt());
  }

  /** A period ends on the anchor, unless its month is too short; then it began on it. */
  private static int anchor(InvoicedCycle cycle) {
    BillingPeriod period = cycle.period();
    return switch (cycle.plan().terms().interval()) {
      case CalendarMonths(int _, Integer day) when day != null -> day;
      case CalendarMonths _ ->
          Math.max(period.start().getDayOfMonth(), period.end().getDayOfMonth());
      case RollingDays _ -> period.start().getDayOfMonth();
    };
  }

  /** What came off by coupons: what did not by the plan itself. */
  private Stream<Discount> coupons(Cycle cycle, CycleCharges wanted) {
    return issued.discounts().stream()
        .filter(applied -> applied.isOf(cycle.invoiced().subscriptionId()))
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
