package io.billingledger.document;

import static io.billingledger.document.PdfLook.HALF;
import static io.billingledger.document.PdfLook.RIGHT;
import static io.billingledger.document.PdfLook.SECOND_HALF;

import io.billingledger.document.BillingDocument.Reduction;
import io.billingledger.document.Pen.Style;
import io.billingledger.document.Standing.Ending;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/** From the sum of the lines to what is due. */
record PdfSums(BillingDocument it, Words words, PdfLook look) {
  private static final float LEADING = 15;

  /**
   * @param note how it comes about; null if there is nothing to say
   */
  private record Sum(String label, String note, Money amount) {
    float height() {
      return LEADING + (note == null ? 0 : PdfLook.SMALL_LEADING);
    }
  }

  /**
   * @return where it ends
   */
  float write(Pen pen, float top) throws IOException {
    float y = write(pen, top + 8, toTotal()) - 8;
    pen.rule(PdfLook.HAIRLINE, PdfLook.THIN, SECOND_HALF, y, HALF);
    y += 13;
    pen.left(look.strong(), SECOND_HALF, y, words.say("total"));
    pen.right(look.strong(), RIGHT, y, words.withCurrency(it.total()));
    y += LEADING;
    if (it.correction() != null || it.standing().ending() == Ending.VOID) {
      return y;
    }
    y = write(pen, y, sinceTotal()) - 8;
    pen.rule(PdfLook.INK, PdfLook.THICK, SECOND_HALF, y, HALF);
    y += 16;
    Style due = new Style(look.strong().typeface(), 11, PdfLook.INK);
    String amount = words.withCurrency(it.standing().due());
    String label = words.say("amount-due");
    pen.left(due.fitting(label, HALF - due.width(amount) - 10), SECOND_HALF, y, label);
    pen.right(due, RIGHT, y, amount);
    Money returned = it.standing().returned();
    if (!returned.isZero()) {
      y += LEADING;
      pen.left(look.small(), SECOND_HALF, y, words.say("given-back"));
      pen.right(look.small(), RIGHT, y, words.amount(returned));
    }
    return y + 6;
  }

  private float write(Pen pen, float top, List<Sum> sums) throws IOException {
    float y = top;
    for (Sum sum : sums) {
      pen.left(look.body(), SECOND_HALF, y, sum.label());
      pen.right(look.body(), RIGHT, y, words.amount(sum.amount()));
      if (sum.note() != null) {
        Style note = look.small().fitting(sum.note(), HALF);
        pen.left(note, SECOND_HALF, y + PdfLook.SMALL_LEADING, sum.note());
      }
      y += sum.height();
    }
    return y;
  }

  private List<Sum> toTotal() {
    List<Sum> sums = new ArrayList<>();
    sums.add(new Sum(words.say("subtotal"), null, it.subtotal()));
    it.discounts().forEach(discount -> sums.add(reduction(discount)));
    it.taxes().forEach(tax -> sums.add(new Sum(name(tax), note(tax), tax.amount())));
    return sums;
  }

  private List<Sum> sinceTotal() {
    List<Sum> sums = new ArrayList<>();
    addUnlessZero(sums, "credited", it.standing().credited());
    addUnlessZero(sums, "already-paid", it.standing().paid());
    addUnlessZero(sums, "written-off", it.standing().writtenOff());
    return sums;
  }

  private void addUnlessZero(List<Sum> sums, String word, Money less) {
    if (!less.isZero()) {
      sums.add(new Sum(words.say(word), null, less.negated()));
    }
  }

  private Sum reduction(Reduction discount) {
    String percent = discount.percent() == null ? "" : " " + words.number(discount.percent()) + "%";
    String label = words.say("discount") + percent;
    if (discount.description() == null) {
      return new Sum(label, null, discount.amount().negated());
    }
    LineText what = LineText.of(discount.description(), words);
    return new Sum(label, what.together(), discount.amount().negated());
  }

  private String name(TaxLine tax) {
    String rate = words.number(tax.ratePercent());
    return tax.baseFactor().equals(BaseFactor.WHOLE)
        ? words.say("tax", tax.name(), rate)
        : words.say("tax.factor", tax.name(), rate, tax.baseFactor());
  }

  private String note(TaxLine tax) {
    String base = words.say("tax.base", words.amount(tax.base()));
    return tax.regulation() == null ? base : base + " · " + tax.regulation();
  }
}
