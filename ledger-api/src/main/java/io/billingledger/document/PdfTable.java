package io.billingledger.document;

import static io.billingledger.document.PdfLook.LEFT;
import static io.billingledger.document.PdfLook.RIGHT;

import io.billingledger.document.PdfLook.Spacing;
import io.billingledger.invoice.InvoiceLine;
import java.io.IOException;
import java.util.List;
import org.joda.money.CurrencyUnit;

/** The lines, a row each. */
record PdfTable(CurrencyUnit currency, Words words, PdfLook look) {
  /** Of the column heads and the rule beneath them. */
  static final float HEADING = 17;

  private static final float DESCRIPTION_WIDTH = 248;
  private static final float QUANTITY = LEFT + 312;
  private static final float UNIT_PRICE = LEFT + 402;

  /** A row, as high as its text. */
  record Row(List<String> title, List<String> detail, InvoiceLine line) {
    float height(Spacing spacing) {
      return title.size() * spacing.title + detail.size() * spacing.detail + 2 * spacing.padding;
    }
  }

  Row row(InvoiceLine line) {
    LineText text = LineText.of(line.description(), words);
    return new Row(
        look.body().wrapped(text.title(), DESCRIPTION_WIDTH),
        text.detail().isEmpty()
            ? List.of()
            : look.small().wrapped(text.detail(), DESCRIPTION_WIDTH),
        line);
  }

  /**
   * @return where it ends
   */
  float write(Pen pen, float top, List<Row> rows, Spacing spacing) throws IOException {
    heads(pen, top + 9);
    float y = top + HEADING;
    pen.rule(PdfLook.INK, PdfLook.THICK, LEFT, y, PdfLook.WIDTH);
    for (Row row : rows) {
      write(pen, y + spacing.padding + spacing.title - 2, row, spacing);
      y += row.height(spacing);
      pen.rule(PdfLook.HAIRLINE, PdfLook.THIN, LEFT, y, PdfLook.WIDTH);
    }
    return y;
  }

  private void heads(Pen pen, float y) throws IOException {
    pen.left(look.label(), LEFT, y, words.say("description"));
    pen.right(look.label(), QUANTITY, y, words.say("quantity"));
    pen.right(look.label(), UNIT_PRICE, y, words.say("unit-price"));
    pen.right(look.label(), RIGHT, y, words.say("amount", currency.getCode()));
  }

  private void write(Pen pen, float top, Row row, Spacing spacing) throws IOException {
    InvoiceLine line = row.line();
    pen.right(look.body(), QUANTITY, top, words.number(line.quantity()));
    if (line.unitPrice() != null) {
      String price = words.price(line.unitPrice(), currency.getDecimalPlaces());
      pen.right(look.body(), UNIT_PRICE, top, price);
    }
    pen.right(look.body(), RIGHT, top, words.amount(line.amount()));
    float y = top;
    for (String part : row.title()) {
      pen.left(look.body(), LEFT, y, part);
      y += spacing.title;
    }
    y += spacing.detail - spacing.title;
    for (String part : row.detail()) {
      pen.left(look.small(), LEFT, y, part);
      y += spacing.detail;
    }
  }
}
