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
  private final PlanSnapshot plan;
  private final List<BilledUsage> usage;

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
    this.plan =
        versions.containsKey(issued.plan().code())
            ? prices.version(issued.plan().code(), versions.get(issued.plan().code()))
            : issued.plan();
    this.usage = issued.usage().stream().map(used -> again(used, prices, quantities)).toList();
  }

  PricingEngine engine() {
    return engine;
  }

  PlanSnapshot plan() {
    return plan;
  }

  List<BilledUsage> usage() {
    return usage;
  }

  Charges charges() {
    CycleCharges wanted = CycleCharges.of(command(), plan, usage, engine, issued.zone());
    return Charges.of(
        issued.invoiceId(),
        issued.subscriptionId(),
        wanted.charges(),
        Stream.concat(wanted.discounts().stream(), coupons(wanted)).toList(),
        rules());
  }

  private BilledUsage again(UsedPeriod used, PriceBook prices, UsedQuantities quantities) {
    PlanSnapshot priced =
        prices.version(used.planCode(), versions.getOrDefault(used.planCode(), used.planVersion()));
    UsageSpan span =
        BilledUsage.span(issued.tenantId(), issued.subscriptionId(), used, priced, issued.zone());
    return new BilledUsage(
        used,
        priced,
        used.again() == null
            ? quantities.again(span)
            : quantities.again(span, used.again().round()));
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
