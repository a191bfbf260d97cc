package io.billingledger.invoice;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.LineCredit;
import io.billingledger.invoice.InvoiceEvent.UnusedCredited;
import io.billingledger.kernel.LineId;
import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;

/**
 * What an invoice charges in advance for a period, and what of it was given back because it is not
 * used (B36). Never more is given back for a line than it charged; what is open gives nothing back.
 *
 * @param causes keys of what was given back already
 */
record PaidAhead(List<Line> lines, Set<String> causes) {

  /**
   * A recurring line.
   *
   * @param net after its discount
   * @param given of the gross amount, so far
   */
  record Line(LineId id, Money net, Money gross, Money given) {}

  static PaidAhead of(InvoiceIssued issued) {
    Money nothing = Money.zero(issued.total().getCurrencyUnit());
    return new PaidAhead(
        issued.lines().stream()
            .filter(line -> line.type() == LineType.RECURRING)
            .map(line -> new Line(line.id(), line.netAmount(), line.grossAmount(), nothing))
            .toList(),
        Set.of());
  }

  /**
   * A line's part rounded once, its tax with it.
   *
   * @param fraction of each line
   * @return empty where nothing is given back
   */
  List<LineCredit> credit(Fraction fraction) {
    List<LineCredit> credits = new ArrayList<>();
    for (Line line : lines) {
      Money wanted = times(line.gross(), fraction);
      Money left = line.gross().minus(line.given());
      Money gross = wanted.isLessThan(left) ? wanted : left;
      if (gross.isPositive()) {
        Money net = times(gross, ratio(line.net(), line.gross()));
        credits.add(new LineCredit(line.id(), net, gross.minus(net), gross));
      }
    }
    return List.copyOf(credits);
  }

  PaidAhead after(UnusedCredited event) {
    Set<String> known = new HashSet<>(causes);
    known.add(event.key());
    return new PaidAhead(
        lines.stream()
            .map(
                line ->
                    new Line(
                        line.id(),
                        line.net(),
                        line.gross(),
                        event.lines().stream()
                            .filter(credit -> credit.lineId().equals(line.id()))
                            .map(LineCredit::gross)
                            .reduce(line.given(), Money::plus)))
            .toList(),
        Set.copyOf(known));
  }

  private static Fraction ratio(Money part, Money whole) {
    return Fraction.of(part.getAmount()).dividedBy(Fraction.of(whole.getAmount()));
  }

  private static Money times(Money amount, Fraction fraction) {
    Fraction exact = Fraction.of(amount.getAmount()).times(fraction);
    return Money.of(
        amount.getCurrencyUnit(),
        exact.rounded(amount.getCurrencyUnit().getDecimalPlaces(), Rounding.MODE));
  }
}
