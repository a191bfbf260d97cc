package io.billingledger.document;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Writes on one A4 page. Lengths are points; y is measured downwards from the page's top. A dry pen
 * writes nothing: what is laid out with it is only measured.
 */
final class Pen implements AutoCloseable {
  static final float WIDTH = PDRectangle.A4.getWidth();
  static final float HEIGHT = PDRectangle.A4.getHeight();

  /** Null when dry. */
  private final PDPageContentStream content;

  private Pen(PDPageContentStream content) {
    this.content = content;
  }

  static Pen dry() {
    return new Pen(null);
  }

  static Pen onNewPageOf(PDDocument document) throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    return new Pen(
        new PDPageContentStream(document, page, PDPageContentStream.AppendMode.OVERWRITE, false));
  }

  /** How text looks. */
  record Style(Typeface typeface, float size, Color colour) {
    float width(String text) {
      return typeface.width(text, size);
    }

    List<String> wrapped(String text, float width) {
      return typeface.wrapped(text, size, width);
    }

    /** Smaller, if need be, so that the text is no wider. */
    Style fitting(String text, float width) {
      float wide = width(text);
      return wide <= width ? this : new Style(typeface, size * width / wide, colour);
    }
  }

  /**
   * @param y of the baseline
   */
  void left(Style style, float x, float y, String text) throws IOException {
    if (content == null) {
      return;
    }
    content.beginText();
    content.setFont(style.typeface().font(), style.size());
    content.setNonStrokingColor(style.colour());
    content.newLineAtOffset(x, HEIGHT - y);
    content.showText(style.typeface().shown(text));
    content.endText();
  }

  /**
   * @param x where the text ends
   */
  void right(Style style, float x, float y, String text) throws IOException {
    left(style, x - style.width(text), y, text);
  }

  void box(Color colour, float x, float y, float width, float height) throws IOException {
    if (content == null) {
      return;
    }
    content.setNonStrokingColor(colour);
    content.addRect(x, HEIGHT - y - height, width, height);
    content.fill();
  }

  void rule(Color colour, float thickness, float x, float y, float width) throws IOException {
    box(colour, x, y - thickness / 2, width, thickness);
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    }
  }
}
