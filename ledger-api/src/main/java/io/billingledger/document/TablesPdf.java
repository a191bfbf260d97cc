package io.billingledger.document;

import static io.billingledger.document.PdfLook.LEFT;
import static io.billingledger.document.PdfLook.RIGHT;

import io.billingledger.document.Pen.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** Tables beneath one another on A4 pages, for printing. The same tables give the same bytes. */
public final class TablesPdf {
  private static final float TOP = 64;
  private static final float BOTTOM = Pen.HEIGHT - 64;
  private static final float ROW = 15;
  private static final float BEFORE_TABLE = 26;
  private static final float GAP = 8;
  private static final float BAR = 6;

  private final PDDocument pdf;
  private final PdfLook look;
  private final Style heading;
  private final String title;
  private final String subtitle;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param heads of the columns; one that begins with {@code >} is written to the right
   * @param rows as many texts as there are columns
   * @param nothing what is said where there is no row
   */
  public record Table(String title, List<String> heads, List<List<String>> rows, String nothing) {}

  /** What stands on one line, and how high it is. */
  private interface Line {
    void write(Pen pen, float y) throws IOException;

    default float height() {
      return ROW;
    }
  }

  private TablesPdf(PDDocument pdf, String title, String subtitle) throws IOException {
    this.pdf = pdf;
    this.look = PdfLook.in(pdf);
    this.heading = new Style(look.title().typeface(), 12, PdfLook.ACCENT);
    this.title = title;
    this.subtitle = subtitle;
  }

  /**
   * @param day what it is dated, so that it does not depend on when it is made
   */
  public static byte[] bytes(String title, String subtitle, LocalDate day, List<Table> tables) {
    try (PDDocument pdf = new PDDocument()) {
      TablesPdf writer = new TablesPdf(pdf, title, subtitle);
      writer.describe(day);
      for (Table table : tables) {
        writer.add(table);
      }
      writer.write();
      return Reproducible.bytes(pdf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void describe(LocalDate day) {
    GregorianCalendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    made.setTimeInMillis(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    PDDocumentInformation about = pdf.getDocumentInformation();
    about.setTitle(title + " " + subtitle);
    about.setCreationDate(made);
    about.setModificationDate(made);
    pdf.setDocumentId((long) (title + subtitle).hashCode());
    pdf.getDocumentCatalog().setLanguage("en");
    PDViewerPreferences viewer = new PDViewerPreferences(new COSDictionary());
    viewer.setDisplayDocTitle(true);
    pdf.getDocumentCatalog().setViewerPreferences(viewer);
  }

  private void add(Table table) {
    float[] ends = ends(table);
    lines.add(
        new Line() {
          @Override
          public void write(Pen pen, float y) throws IOException {
            pen.left(heading, LEFT, y + BEFORE_TABLE - 8, table.title());
          }

          @Override
          public float height() {
            return BEFORE_TABLE;
          }
        });
    if (table.rows().isEmpty()) {
      lines.add((pen, y) -> pen.left(look.small(), LEFT, y + 11, table.nothing()));
      return;
    }
    lines.add(
        (pen, y) -> {
          cells(pen, y, table.heads(), table.heads(), ends, look.label());
          pen.rule(PdfLook.INK, PdfLook.THICK, LEFT, y + ROW, PdfLook.WIDTH);
        });
    for (List<String> row : table.rows()) {
      lines.add(
          (pen, y) -> {
            cells(pen, y, row, table.heads(), ends, look.body());
            pen.rule(PdfLook.HAIRLINE, PdfLook.THIN, LEFT, y + ROW, PdfLook.WIDTH);
          });
    }
  }

  private static void cells(
      Pen pen, float y, List<String> texts, List<String> heads, float[] ends, Style style)
      throws IOException {
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).startsWith(">") ? texts.get(i).substring(1) : texts.get(i);
      float start = i == 0 ? LEFT : ends[i - 1] + GAP;
      Style fitting = style.fitting(text, ends[i] - start);
      if (heads.get(i).startsWith(">")) {
        pen.right(fitting, ends[i], y + 11, text);
      } else {
        pen.left(fitting, start, y + 11, text);
      }
    }
  }

  /** Each column as wide as its widest text, shrunk or stretched together to the page's width. */
  private float[] ends(Table table) {
    int columns = table.heads().size();
    float[] widths = new float[columns];
    float sum = 0;
    for (int i = 0; i < columns; i++) {
      widths[i] = look.label().width(table.heads().get(i));
      for (List<String> row : table.rows()) {
        widths[i] = Math.max(widths[i], look.body().width(row.get(i)));
      }
      sum += widths[i];
    }
    float room = PdfLook.WIDTH - GAP * (columns - 1);
    float[] ends = new float[columns];
    float x = LEFT;
    for (int i = 0; i < columns; i++) {
      float width = sum > room ? widths[i] * room / sum : widths[i] + (room - sum) / columns;
      ends[i] = x + width;
      x = ends[i] + GAP;
    }
    ends[columns - 1] = RIGHT;
    return ends;
  }

  /** A title never stands alone at the foot of a page. */
  private void write() throws IOException {
    List<List<Line>> pages = new ArrayList<>();
    List<Line> page = new ArrayList<>();
    float y = TOP + 40;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      float needed = line.height() > ROW ? line.height() + 3 * ROW : line.height();
      if (y + needed > BOTTOM && !page.isEmpty()) {
        pages.add(page);
        page = new ArrayList<>();
        y = TOP;
      }
      page.add(line);
      y += line.height();
    }
    pages.add(page);
    for (int i = 0; i < pages.size(); i++) {
      try (Pen pen = Pen.onNewPageOf(pdf)) {
        pen.box(PdfLook.ACCENT, 0, 0, Pen.WIDTH, BAR);
        float at = TOP;
        if (i == 0) {
          pen.left(look.title(), LEFT, TOP, title);
          pen.left(look.small(), LEFT, TOP + 18, subtitle);
          at = TOP + 40;
        }
        for (Line line : pages.get(i)) {
          line.write(pen, at);
          at += line.height();
        }
        float foot = Pen.HEIGHT - 36;
        pen.rule(PdfLook.HAIRLINE, PdfLook.THIN, LEFT, foot - 13, PdfLook.WIDTH);
        pen.left(look.small(), LEFT, foot, title + " · " + subtitle);
        pen.right(look.small(), RIGHT, foot, (i + 1) + " / " + pages.size());
      }
    }
  }
}
