package io.billingledger.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * One weight of Noto Sans in one document, of which only the glyphs that it uses are embedded. What
 * the font has no glyph for is shown as a question mark: a name must never keep a document from
 * being made.
 */
final class Typeface {
  private static final byte[] REGULAR = read("NotoSans-Regular.ttf");
  private static final byte[] SEMI_BOLD = read("NotoSans-SemiBold.ttf");
  private static final int UNKNOWN = '?';

  private final PDType0Font font;
  private final CmapLookup glyphs;

  private Typeface(PDDocument document, byte[] file) throws IOException {
    TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(file));
    this.glyphs = parsed.getUnicodeCmapLookup();
    this.font = PDType0Font.load(document, parsed, true);
  }

  static Typeface regular(PDDocument document) throws IOException {
    return new Typeface(document, REGULAR);
  }

  static Typeface semiBold(PDDocument document) throws IOException {
    return new Typeface(document, SEMI_BOLD);
  }

  PDType0Font font() {
    return font;
  }

  /** As it can be shown: control characters are spaces, and what has no glyph a question mark. */
  String shown(String text) {
    return text.codePoints()
        .map(
            point ->
                Character.isISOControl(point) || point == 0x2028 || point == 0x2029 ? ' ' : point)
        .map(point -> glyphs.getGlyphId(point) == 0 ? UNKNOWN : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  float width(String text, float size) {
    try {
      return font.getStringWidth(shown(text)) / 1000 * size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of at most this width; a word that is longer is broken. */
  List<String> wrapped(String text, float size, float width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : shown(text).strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer, size) <= width) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      line = word;
      while (width(line, size) > width) {
        int fits = fitting(line, size, width);
        lines.add(line.substring(0, fits));
        line = line.substring(fits);
      }
    }
    lines.add(line);
    return lines;
  }

  /** How many characters of the word fit, one at least; a character of two units is not cut. */
  private int fitting(String word, float size, float width) {
    int fits = word.offsetByCodePoints(0, 1);
    while (fits < word.length()) {
      int next = word.offsetByCodePoints(fits, 1);
      if (width(word.substring(0, next), size) > width) {
        break;
      }
      fits = next;
    }
    return fits;
  }

  private static byte[] read(String file) {
    try (InputStream in = Typeface.class.getResourceAsStream("/documents/fonts/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
