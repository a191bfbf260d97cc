package io.billingledger.document;

import static io.billingledger.document.PdfLook.LEFT;
import static io.billingledger.document.PdfLook.RIGHT;

import io.billingledger.document.PdfLook.Spacing;
import io.billingledger.document.PdfTable.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A document as a PDF of A4 pages. Up to fifteen lines stand on one page with everything else: rows
 * move closer together before a second page is begun.
 */
public final class PdfDocument {
  private static final float BOTTOM = Pen.HEIGHT - 56;
  private static final float BAR = 6;
  private static final float ABOVE_SUMS = 18;

  private final BillingDocument it;
  private final Words words;
  private final PDDocument pdf;
  private final PdfLook look;
  private final PdfHead head;
  private final PdfTable table;
  private final PdfSums sums;
  private final PdfPayment payment;

  private PdfDocument(BillingDocument it, Words words, PDDocument pdf) throws IOException {
    this.it = it;
    this.words = words;
    this.pdf = pdf;
    this.look = PdfLook.in(pdf);
    this.head = new PdfHead(it, words, look);
    this.table = new PdfTable(it.currency(), words, look);
    this.sums = new PdfSums(it, words, look);
    this.payment = new PdfPayment(it, words, look);
  }

  /** The same document gives the same bytes. */
  public static byte[] bytes(BillingDocument document, Language language) {
    try (PDDocument pdf = new PDDocument()) {
      PdfDocument writer = new PdfDocument(document, Words.of(language), pdf);
      writer.describe(language);
      writer.write();
      return Reproducible.bytes(pdf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Made when it was issued, whenever it is made, and under an id that follows from the invoice's.
   */
  private void describe(Language language) {
    GregorianCalendar issued = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    issued.setTimeInMillis(it.issuedAt().toEpochMilli());
    PDDocumentInformation about = pdf.getDocumentInformation();
    about.setTitle(head.title() + " " + it.number());
    about.setAuthor(it.seller().name());
    about.setCreationDate(issued);
    about.setModificationDate(issued);
    pdf.setDocumentId((long) it.id().hashCode());
    pdf.getDocumentCatalog().setLanguage(language.code());
    PDViewerPreferences viewer = new PDViewerPreferences(new COSDictionary());
    viewer.setDisplayDocTitle(true);
    pdf.getDocumentCatalog().setViewerPreferences(viewer);
  }

  private void write() throws IOException {
    List<Row> rows = it.lines().stream().map(table::row).toList();
    Spacing spacing = spacing(rows);
    List<List<Row>> pages = pages(rows, spacing);
    for (int i = 0; i < pages.size(); i++) {
      try (Pen pen = Pen.onNewPageOf(pdf)) {
        pen.box(PdfLook.ACCENT, 0, 0, Pen.WIDTH, BAR);
        float y = spacing.top;
        if (i == 0) {
          y = head.write(pen, spacing);
        } else {
          head.writeAgain(pen, spacing.top - 18);
        }
        if (!pages.get(i).isEmpty()) {
          y = table.write(pen, y, pages.get(i), spacing);
        }
        if (i == pages.size() - 1) {
          sums.write(pen, y + ABOVE_SUMS);
          payment.write(pen, y + ABOVE_SUMS);
        }
        foot(pen, i + 1, pages.size());
      }
    }
  }

  private Spacing spacing(List<Row> rows) throws IOException {
    for (Spacing spacing : Spacing.values()) {
      if (pages(rows, spacing).size() == 1) {
        return spacing;
      }
    }
    return Spacing.USUAL;
  }

  /** The sums stand alone on a page only where the one row before leaves no room for them. */
  private List<List<Row>> pages(List<Row> rows, Spacing spacing) throws IOException {
    float sumsHeight = ABOVE_SUMS + Math.max(sums.write(Pen.dry(), 0), payment.write(Pen.dry(), 0));
    List<List<Row>> pages = new ArrayList<>();
    List<Row> page = new ArrayList<>();
    float y = head.write(Pen.dry(), spacing) + PdfTable.HEADING;
    for (Row row : rows) {
      if (y + row.height(spacing) > BOTTOM && !page.isEmpty()) {
        pages.add(page);
        page = new ArrayList<>();
        y = spacing.top + PdfTable.HEADING;
      }
      page.add(row);
      y += row.height(spacing);
    }
    if (y + sumsHeight > BOTTOM) {
      List<Row> last = new ArrayList<>();
      if (page.size() > 1) {
        last.add(page.removeLast());
      }
      pages.add(page);
      page = last;
    }
    pages.add(page);
    return pages;
  }

  private void foot(Pen pen, int page, int pages) throws IOException {
    float y = Pen.HEIGHT - 36;
    pen.rule(PdfLook.HAIRLINE, PdfLook.THIN, LEFT, y - 13, PdfLook.WIDTH);
    String seller =
        String.join(
            " · ",
            Stream.of(it.seller().name(), it.seller().email()).filter(s -> s != null).toList());
    pen.left(look.small(), LEFT, y, look.small().wrapped(seller, 330).getFirst());
    String where = it.number() + " · " + words.say("page", page, pages);
    pen.right(look.small(), RIGHT, y, where);
  }
}
