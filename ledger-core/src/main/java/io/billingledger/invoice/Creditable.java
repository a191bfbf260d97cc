package io.billingledger.invoice;

import io.billingledger.kernel.LineId;
import io.billingledger.money.Allocation;
import io.billingledger.money.Rounding;
import io.billingledger.tax.TaxLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * What of an invoice's lines and taxes no credit note has taken back, and how a further note is
 * split over it. Whatever the parts were, all of them together are exactly the invoice: the last
 * note of a line takes the net and the tax that the ones before have left.
 *
 * @param lines what is left of each line, in the invoice's order
 * @param taxes what is left of each tax
 */
record Creditable(Map<LineId, Rest> lines, List<TaxLine> taxes) {

  /** Of a line: net, and with tax. */
  record Rest(Money net, Money gross) {
    Money tax() {
      return gross.minus(net);
    }
  }

  /** What a note takes off the lines and off the taxes. */
  record Part(List<CreditNote.Line> lines, List<TaxLine> taxes) {
    Money subtotal() {
      return lines.stream().map(CreditNote.Line::amount).reduce(Money::plus).orElseThrow();
    }

    Money total() {
      return lines.stream().map(CreditNote.Line::grossAmount).reduce(Money::plus).orElseThrow();
    }
  }

  /** Nothing taken back yet. */
  static Creditable of(List<InvoiceLine> lines, List<TaxLine> taxes) {
    Map<LineId, Rest> rest = new LinkedHashMap<>();
    lines.forEach(line -> rest.put(line.id(), new Rest(line.netAmount(), line.grossAmount())));
    return new Creditable(rest, taxes);
  }

  Money gross() {
    return lines.values().stream().map(Rest::gross).reduce(Money::plus).orElseThrow();
  }

  /** An amount with tax over all lines, in proportion to what is left of them. */
  Part spread(Money total) {
    List<LineId> ids = List.copyOf(lines.keySet());
    List<Money> shares =
        Allocation.split(total, ids.stream().map(id -> lines.get(id).gross().getAmount()).toList());
    Map<LineId, Money> wanted = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!shares.get(i).isZero()) {
        wanted.put(ids.get(i), shares.get(i));
      }
    }
    return take(wanted);
  }

  /**
   * @param wanted amounts with tax, none above what is left of its line
   */
  Part take(Map<LineId, Money> wanted) {
    List<CreditNote.Line> taken = new ArrayList<>();
    wanted.forEach(
        (id, gross) -> taken.add(new CreditNote.Line(id, net(lines.get(id), gross), gross)));
    Money zero = gross().minus(gross());
    Money net = taken.stream().map(CreditNote.Line::amount).reduce(zero, Money::plus);
    Money tax =
        taken.stream().map(CreditNote.Line::grossAmount).reduce(zero, Money::plus).minus(net);
    return new Part(taken, taxesOf(net, tax));
  }

  Creditable without(CreditNote note) {
    Map<LineId, Rest> rest = new LinkedHashMap<>(lines);
    for (CreditNote.Line line : note.lines()) {
      rest.merge(
          line.lineId(),
          new Rest(line.amount(), line.grossAmount()),
          (left, off) -> new Rest(left.net().minus(off.net()), left.gross().minus(off.gross())));
    }
    return new Creditable(rest, plus(note.taxes(), -1));
  }

  /** A note was reversed. */
  Creditable with(CreditNote note) {
    Map<LineId, Rest> rest = new LinkedHashMap<>(lines);
    for (CreditNote.Line line : note.lines()) {
      rest.merge(
          line.lineId(),
          new Rest(line.amount(), line.grossAmount()),
          (left, on) -> new Rest(left.net().plus(on.net()), left.gross().plus(on.gross())));
    }
    return new Creditable(rest, plus(note.taxes(), 1));
  }

  /** The share of what is left, rounded once; all of it where all is taken. */
  private static Money net(Rest rest, Money gross) {
    return rest.gross().isZero()
        ? gross
        : Rounding.divide(
            gross.getCurrencyUnit(),
            rest.net().getAmount().multiply(gross.getAmount()),
            rest.gross().getAmount());
  }

  private List<TaxLine> taxesOf(Money net, Money tax) {
    if (taxes.isEmpty()) {
      return List.of();
    }
    List<BigDecimal> left = taxes.stream().map(line -> line.amount().getAmount()).toList();
    List<Money> amounts = Allocation.split(tax, left);
    Money netLeft = lines.values().stream().map(Rest::net).reduce(Money::plus).orElseThrow();
    List<TaxLine> part = new ArrayList<>();
    for (int i = 0; i < taxes.size(); i++) {
      TaxLine line = taxes.get(i);
      part.add(
          new TaxLine(
              line.name(),
              line.ratePercent(),
              line.baseFactor(),
              line.regulation(),
              net(new Rest(line.base(), netLeft), net),
              amounts.get(i)));
    }
    return part;
  }

  private List<TaxLine> plus(List<TaxLine> others, int sign) {
    List<TaxLine> sum = new ArrayList<>();
    for (int i = 0; i < taxes.size(); i++) {
      TaxLine line = taxes.get(i);
      TaxLine other = others.get(i);
      sum.add(
          new TaxLine(
              line.name(),
              line.ratePercent(),
              line.baseFactor(),
              line.regulation(),
              line.base().plus(other.base().multipliedBy(sign)),
              line.amount().plus(other.amount().multipliedBy(sign))));
    }
    return sum;
  }
}
