package io.billingledger.invoice;

import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.money.Allocation;
import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import io.billingledger.tax.DocumentTaxes;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The lines, discounts and taxes of an invoice, in this order: what is charged, what is taken off
 * it, the tax on the rest. Each line is rounded once, each tax once on the sum of its lines, and
 * what is split over lines sums back. A pure function.
 *
 * @param discounts in the order in which they were taken off, each off what the earlier ones left;
 *     those that took nothing are left out
 */
record Charges(List<InvoiceLine> lines, List<AppliedDiscount> discounts, List<TaxLine> taxes) {

  /** What is charged for a subscription, and what comes off that and nothing else. */
  record Asked(SubscriptionId subscriptionId, List<Charge> charges, List<Discount> discounts) {}

  static Charges of(
      InvoiceId invoiceId,
      SubscriptionId subscriptionId,
      List<Charge> charges,
      List<Discount> discounts,
      List<TaxRule> rules) {
    return of(invoiceId, List.of(new Asked(subscriptionId, charges, discounts)), rules);
  }

  static Charges of(InvoiceId invoiceId, List<Asked> asked, List<TaxRule> rules) {
    return new Pipeline(asked, rules).run(invoiceId);
  }

  Money subtotal() {
    return lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
  }

  Money discountTotal() {
    return discounts.stream()
        .map(AppliedDiscount::amount)
        .reduce(Money.zero(subtotal().getCurrencyUnit()), Money::plus);
  }

  Money taxTotal() {
    return taxes.stream()
        .map(TaxLine::amount)
        .reduce(Money.zero(subtotal().getCurrencyUnit()), Money::plus);
  }

  Money total() {
    return subtotal().minus(discountTotal()).plus(taxTotal());
  }

  /** One run; amounts of one charge stand at its place in every list. */
  private static final class Pipeline {
    private final boolean consolidated;
    private final List<Charge> charges = new ArrayList<>();
    private final List<Discount> discounts = new ArrayList<>();

    /** By charge and by discount, whose it is. */
    private final List<SubscriptionId> charged = new ArrayList<>();

    private final List<SubscriptionId> discounted = new ArrayList<>();
    private final List<TaxRule> rules;
    private final Money zero;

    /** In the catalogue's terms: by discount and charge what was taken off, and what is left. */
    private final Money[][] taken;

    private final Money[] left;

    /** Net: by discount what it took off, by charge what was taken off and what is left. */
    private final Money[] discountNet;

    private final Money[] lineDiscount;
    private final Money[] lineNet;
    private final Money[] lineGross;
    private final List<TaxLine> taxes = new ArrayList<>();

    Pipeline(List<Asked> asked, List<TaxRule> rules) {
      this.consolidated = asked.size() > 1;
      for (Asked each : asked) {
        charges.addAll(each.charges());
        discounts.addAll(each.discounts());
        charged.addAll(Collections.nCopies(each.charges().size(), each.subscriptionId()));
        discounted.addAll(Collections.nCopies(each.discounts().size(), each.subscriptionId()));
      }
      this.rules = rules;
      zero = Money.zero(charges.getFirst().asked().getCurrencyUnit());
      taken = new Money[discounts.size()][];
      left = charges.stream().map(Charge::asked).toArray(Money[]::new);
      discountNet = filled(discounts.size());
      lineDiscount = filled(charges.size());
      lineNet = filled(charges.size());
      lineGross = filled(charges.size());
    }

    Charges run(InvoiceId invoiceId) {
      for (int d = 0; d < discounts.size(); d++) {
        takeOff(d);
      }
      for (TaxBehaviour behaviour : TaxBehaviour.values()) {
        List<Integer> places = places(i -> charges.get(i).behaviour() == behaviour);
        if (!places.isEmpty()) {
          tax(behaviour, places);
        }
      }
      return new Charges(lines(invoiceId), applied(), List.copyOf(taxes));
    }

    /** Over its subscription's charges that it applies to, by what is left of them. */
    private void takeOff(int d) {
      Discount discount = discounts.get(d);
      SubscriptionId whose = discounted.get(d);
      List<Integer> places =
          places(i -> charged.get(i).equals(whose) && discount.appliesTo().test(charges.get(i)));
      taken[d] = filled(charges.size());
      Money base = sum(left, places);
      Money wanted =
          discount.amount() == null
              ? percent(base, discount.percent())
              : smaller(discount.amount(), base);
      spread(wanted, left, places, taken[d]);
      for (int i : places) {
        left[i] = left[i].minus(taken[d][i]);
      }
    }

    /** Of the charges that have tax inside, or of those that have not. */
    private void tax(TaxBehaviour behaviour, List<Integer> places) {
      Money asked = sum(left, places);
      DocumentTaxes found =
          switch (behaviour) {
            case INCLUSIVE -> DocumentTaxes.inGross(asked, rules);
            case EXCLUSIVE -> DocumentTaxes.onNet(asked, rules);
          };
      switch (behaviour) {
        case INCLUSIVE -> {
          spread(found.net(), left, places, lineNet);
          places.forEach(i -> lineGross[i] = left[i]);
        }
        case EXCLUSIVE -> {
          Money[] shares = filled(charges.size());
          spread(found.total(), left, places, shares);
          for (int i : places) {
            lineNet[i] = left[i];
            lineGross[i] = left[i].plus(shares[i]);
          }
        }
      }
      for (int d = 0; d < discounts.size(); d++) {
        Money[] off = taken[d];
        Money gross = sum(off, places);
        Money net =
            switch (behaviour) {
              case INCLUSIVE -> DocumentTaxes.inGross(gross, rules).net();
              case EXCLUSIVE -> gross;
            };
        Money[] shares = filled(charges.size());
        spread(net, off, places, shares);
        places.forEach(i -> lineDiscount[i] = lineDiscount[i].plus(shares[i]));
        discountNet[d] = discountNet[d].plus(net);
      }
      found.lines().forEach(this::add);
    }

    /** One tax stands once on a document, also when some prices have it inside and others not. */
    private void add(TaxLine line) {
      for (int t = 0; t < taxes.size(); t++) {
        if (taxes.get(t).isSameTaxAs(line)) {
          taxes.set(t, taxes.get(t).plus(line));
          return;
        }
      }
      taxes.add(line);
    }

    private List<InvoiceLine> lines(InvoiceId invoiceId) {
      List<InvoiceLine> lines = new ArrayList<>();
      for (int i = 0; i < charges.size(); i++) {
        Charge charge = charges.get(i);
        lines.add(
            new InvoiceLine(
                LineId.derive(invoiceId, i + 1),
                charge.type(),
                charge.description(),
                charge.quantity(),
                charge.unitPrice(),
                lineNet[i].plus(lineDiscount[i]),
                lineGross[i],
                charge.metricCode(),
                charged.get(i),
                charge.cycleNo(),
                lineDiscount[i].isZero() ? null : lineDiscount[i],
                charge.part(),
                charge.usage()));
      }
      return List.copyOf(lines);
    }

    private List<AppliedDiscount> applied() {
      List<AppliedDiscount> applied = new ArrayList<>();
      for (int d = 0; d < discounts.size(); d++) {
        Money asked = Arrays.stream(taken[d]).reduce(zero, Money::plus);
        if (asked.isPositive()) {
          Discount discount = discounts.get(d);
          applied.add(
              new AppliedDiscount(
                  discount.code(),
                  discount.description(),
                  discount.percent(),
                  asked,
                  discountNet[d],
                  consolidated ? discounted.get(d) : null));
        }
      }
      return List.copyOf(applied);
    }

    private List<Integer> places(IntPredicate wanted) {
      return IntStream.range(0, charges.size()).filter(wanted).boxed().toList();
    }

    private Money[] filled(int size) {
      Money[] filled = new Money[size];
      Arrays.fill(filled, zero);
      return filled;
    }

    private Money sum(Money[] amounts, List<Integer> places) {
      return places.stream().map(i -> amounts[i]).reduce(zero, Money::plus);
    }

    private static void spread(Money total, Money[] weights, List<Integer> places, Money[] into) {
      if (places.isEmpty()) {
        return;
      }
      List<Money> parts =
          Allocation.split(total, places.stream().map(i -> weights[i].getAmount()).toList());
      for (int k = 0; k < parts.size(); k++) {
        into[places.get(k)] = parts.get(k);
      }
    }

    private static Money percent(Money base, BigDecimal percent) {
      CurrencyUnit currency = base.getCurrencyUnit();
      Fraction exact =
          Fraction.of(base.getAmount()).times(Fraction.of(percent)).dividedBy(Fraction.of(100));
      return Money.of(currency, exact.rounded(currency.getDecimalPlaces(), Rounding.MODE));
    }

    private static Money smaller(Money left, Money right) {
      return left.isLessThan(right) ? left : right;
    }
  }
}
