package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.kernel.LineId;
import io.billingledger.money.Allocation;
import io.billingledger.money.Rounding;
import io.billingledger.rating.Proration;
import io.billingledger.tax.DocumentTaxes;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.Share;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * The lines and taxes of a cycle's invoice: a pure function of the plan version, the period and the
 * tax rules. Each line is rounded once, each tax once on the sum of its lines.
 */
record Charges(List<InvoiceLine> lines, List<TaxLine> taxes) {

  static Charges of(IssueInvoice command, PlanSnapshot plan, List<TaxRule> rules) {
    PlanTerms terms = plan.terms();
    List<Charge> charges = new ArrayList<>();
    charges.add(recurring(command, plan));
    if (command.cycleNo() == 1 && terms.setupFee().isPositive()) {
      charges.add(
          new Charge(
              LineType.SETUP,
              "Set-up of " + plan.name(),
              BigDecimal.ONE,
              terms.setupFee().getAmount(),
              terms.setupFee()));
    }
    return taxed(command, charges, terms.taxBehaviour(), rules);
  }

  /** What the catalogue asks, tax inside or not as the plan says. */
  private record Charge(
      LineType type, String description, BigDecimal quantity, BigDecimal unitPrice, Money asked) {}

  private static Charge recurring(IssueInvoice command, PlanSnapshot plan) {
    PlanTerms terms = plan.terms();
    BillingPeriod period = command.period();
    BillingPeriod whole = terms.interval().wholePeriod(period, command.anchorDay());
    BigDecimal exact = terms.price().getAmount().multiply(BigDecimal.valueOf(command.quantity()));
    boolean stub = !whole.equals(period);
    Money asked =
        stub
            ? Proration.amount(
                terms.price().getCurrencyUnit(),
                exact,
                Share.ofDays(period.start(), period.end(), whole))
            : Rounding.toMinorUnit(terms.price().getCurrencyUnit(), exact);
    String share = stub ? ", %d of %d days".formatted(period.days(), whole.days()) : "";
    return new Charge(
        LineType.RECURRING,
        "%s, %s to %s%s"
            .formatted(plan.name(), period.start(), period.end().minus(1, ChronoUnit.DAYS), share),
        BigDecimal.valueOf(command.quantity()),
        terms.price().getAmount(),
        asked);
  }

  private static Charges taxed(
      IssueInvoice command, List<Charge> charges, TaxBehaviour behaviour, List<TaxRule> rules) {
    Money asked = charges.stream().map(Charge::asked).reduce(Money::plus).orElseThrow();
    DocumentTaxes taxes =
        switch (behaviour) {
          case INCLUSIVE -> DocumentTaxes.inGross(asked, rules);
          case EXCLUSIVE -> DocumentTaxes.onNet(asked, rules);
        };
    List<BigDecimal> weights = charges.stream().map(c -> c.asked().getAmount()).toList();
    List<Money> nets =
        switch (behaviour) {
          case INCLUSIVE -> Allocation.split(taxes.net(), weights);
          case EXCLUSIVE -> charges.stream().map(Charge::asked).toList();
        };
    List<Money> grosses =
        switch (behaviour) {
          case INCLUSIVE -> charges.stream().map(Charge::asked).toList();
          case EXCLUSIVE -> plus(nets, Allocation.split(taxes.total(), weights));
        };
    List<InvoiceLine> lines = new ArrayList<>();
    for (int i = 0; i < charges.size(); i++) {
      Charge charge = charges.get(i);
      lines.add(
          new InvoiceLine(
              LineId.derive(command.invoiceId(), i + 1),
              charge.type(),
              charge.description(),
              charge.quantity(),
              charge.unitPrice(),
              nets.get(i),
              grosses.get(i),
              null,
              command.subscriptionId(),
              command.cycleNo()));
    }
    return new Charges(List.copyOf(lines), taxes.lines());
  }

  private static List<Money> plus(List<Money> left, List<Money> right) {
    List<Money> sums = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      sums.add(left.get(i).plus(right.get(i)));
    }
    return sums;
  }

  Money subtotal() {
    return lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
  }

  Money taxTotal() {
    return taxes.stream()
        .map(TaxLine::amount)
        .reduce(Money.zero(subtotal().getCurrencyUnit()), Money::plus);
  }
}
