package io.billingledger.document;

import io.billingledger.document.Pen.Style;
import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * What a document's page looks like: its styles and where its columns stand. Lengths are points.
 *
 * @param small for what is not read first
 * @param label for headings of blocks and columns
 */
record PdfLook(Style title, Style party, Style body, Style strong, Style small, Style label) {
  static final Color INK = new Color(0x1B2430);
  static final Color MUTED = new Color(0x5D6876);
  static final Color HAIRLINE = new Color(0xDDE2E8);
  static final Color ACCENT = new Color(0x0F4C5C);
  static final Color ACCENT_TINT = new Color(0xEDF4F5);
  static final Color GOOD = new Color(0x067647);
  static final Color GOOD_TINT = new Color(0xEAF7EF);
  static final Color BAD = new Color(0xB42318);
  static final Color BAD_TINT = new Color(0xFDF0EE);

  static final float LEFT = 50;
  static final float RIGHT = Pen.WIDTH - 50;
  static final float WIDTH = RIGHT - LEFT;

  /** Of each of the two blocks that stand beside one another. */
  static final float HALF = 236;

  static final float SECOND_HALF = RIGHT - HALF;
  static final float THIN = 0.6f;
  static final float THICK = 0.9f;
  static final float LEADING = 12.5f;
  static final float SMALL_LEADING = 11;

  /** How much air there is: the first that lets everything stand on one page is taken. */
  enum Spacing {
    ROOMY(64, 24, 7, 12, 10.5f),
    USUAL(64, 24, 5, 12, 10.5f),
    CLOSE(58, 18, 3, 11.5f, 10),
    SNUG(52, 14, 2.2f, 11, 9.5f),
    TIGHT(50, 12, 1.2f, 11, 9.5f);

    /** The first baseline of a page. */
    final float top;

    /** Between blocks. */
    final float block;

    /** Above and below each row. */
    final float padding;

    /** From one line of a row's title to the next. */
    final float title;

    /** From one line of a row's detail to the next. */
    final float detail;

    Spacing(float top, float block, float padding, float title, float detail) {
      this.top = top;
      this.block = block;
      this.padding = padding;
      this.title = title;
      this.detail = detail;
    }
  }

  static PdfLook in(PDDocument pdf) throws IOException {
    Typeface regular = Typeface.regular(pdf);
    Typeface semiBold = Typeface.semiBold(pdf);
    return new PdfLook(
        new Style(semiBold, 25, ACCENT),
        new Style(semiBold, 12, INK),
        new Style(regular, 9, INK),
        new Style(semiBold, 9, INK),
        new Style(regular, 8, MUTED),
        new Style(semiBold, 7.5f, MUTED));
  }
}
