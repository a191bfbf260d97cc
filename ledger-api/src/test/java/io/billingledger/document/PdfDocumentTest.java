package io.billingledger.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.document.Standing.Ending;
import io.billingledger.invoice.CreditNoteType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of what is made here are kept with {@code -Dpictures=<folder>}. */
class PdfDocumentTest {

  @ParameterizedTest
  @EnumSource(Language.class)
  void isAsItWasMadeOnce(Language language) throws IOException {
    byte[] made = PdfDocument.bytes(Documents.plain(), language);
    picture("plain-" + language.code(), made);
    assertThat(PdfDocument.bytes(Documents.plain(), language)).isEqualTo(made);
    Golden.check("invoice." + language.code() + ".pdf", made);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void fifteenLinesStandOnOnePageWithEverythingElse(Language language) throws IOException {
    byte[] made = PdfDocument.bytes(Documents.full(), language);
    picture("full-" + language.code(), made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(text(pdf)).contains("WA messages to region 15", "122 000 456 7890", "LEVY");
    }
  }

  @Test
  void saysWhatAnIndonesianReaderLooksFor() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(PdfDocument.bytes(Documents.full(), Language.ID))) {
      assertThat(text(pdf))
          .contains(
              "Tagihan",
              "INV-2026-000042",
              "PT Buku Besar Nusantara",
              "01.234.567.8-012.000",
              "CV Batik Lestari Sejahtera",
              "02.345.678.9-023.000",
              "25 Desember 2025",
              "Bayar sebelum 1 Januari 2026",
              "1–31 Januari 2026",
              "15–31 Januari 2026 · 17 dari 31 hari",
              "Biaya pemasangan Pro",
              "1.204,5",
              "12,125",
              "14.604,56",
              "PPN 12% × 11/12",
              "atas 574.609,56 · PMK-131/2024",
              "Diskon 10%",
              "Opening offer",
              "−50.000,00",
              "Dikreditkan",
              "541 029 7788",
              "CENAIDJA");
      assertThat(text(pdf)).as("accounts for other currencies").doesNotContain("DBS Bank");
    }
  }

  @Test
  void saysTheSameInEnglish() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(PdfDocument.bytes(Documents.full(), Language.EN))) {
      assertThat(text(pdf))
          .contains(
              "Invoice",
              "Pay before 1 January 2026",
              "15–31 January 2026 · 17 of 31 days",
              "Set-up of Pro",
              "1,204.5",
              "14,604.56",
              "−50,000.00",
              "Credited",
              "Indonesia");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"PAID", "REFUNDED", "VOID", "WRITTEN_OFF"},
      value = Ending.class)
  void saysThatNothingIsToBePaidAnyMore(Ending ending) throws IOException {
    byte[] made = PdfDocument.bytes(Documents.ended(Documents.plain(), ending), Language.EN);
    picture("ended-" + ending, made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      String said =
          switch (ending) {
            case PAID -> "Paid in full on 5 January 2026";
            case REFUNDED -> "Paid on 5 January 2026 and given back since";
            case VOID -> "Void since 5 January 2026. Do not pay.";
            case WRITTEN_OFF -> "Written off on 5 January 2026";
            case OPEN -> throw new AssertionError(ending);
          };
      assertThat(text(pdf)).contains(said).doesNotContain("HOW TO PAY");
    }
  }

  @ParameterizedTest
  @EnumSource(CreditNoteType.class)
  void aCreditNoteSaysWhatIsTakenBackAndWhy(CreditNoteType type) throws IOException {
    byte[] made = PdfDocument.bytes(Documents.creditNote(type, null), Language.EN);
    picture("credit-note-" + type, made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      assertThat(text(pdf))
          .contains(
              "Credit note",
              "CN-2026-000007",
              "For invoice",
              "INV-2026-000042",
              "IDR 30,000.00",
              "27,027.03",
              "PPN 12% × 11/12",
              "2,972.97",
              "Ten days without service",
              switch (type) {
                case ADJUSTMENT -> "Lowers what is due on INV-2026-000042";
                case REFUND -> "Payment reference: BCA 77123";
                case BALANCE -> "Added to your credit";
              })
          .doesNotContain("HOW TO PAY", "Amount due", "Pay before");
    }
  }

  @Test
  void aReversedCreditNoteSaysSo() throws IOException {
    byte[] made =
        PdfDocument.bytes(
            Documents.creditNote(CreditNoteType.BALANCE, Instant.parse("2026-01-20T03:00:00Z")),
            Language.EN);
    picture("credit-note-reversed", made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      assertThat(text(pdf))
          .contains("Reversed", "Not valid since 20 January 2026")
          .doesNotContain("Added to your credit");
    }
  }

  @Test
  void everyPageHasItsNumberAndTheTableItsHead() throws IOException {
    byte[] made = PdfDocument.bytes(Documents.withLines(70), Language.EN);
    picture("long", made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      int pages = pdf.getNumberOfPages();
      assertThat(pages).isEqualTo(3);
      for (int page = 1; page <= pages; page++) {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        assertThat(stripper.getText(pdf))
            .contains("Page %d of %d".formatted(page, pages), "Description", "INV-2026-000042");
      }
      String all = text(pdf);
      for (int line = 1; line <= 70; line++) {
        assertThat(all.lines().filter(("Item " + line + " 1 1,000.00 1,000.00")::equals))
            .hasSize(1);
      }
    }
  }

  /** Whatever number of lines: nothing is lost, nothing is twice, and no page is empty. */
  @Test
  void noNumberOfLinesLosesOne() throws IOException {
    for (int count = 1; count <= 90; count += 3) {
      try (PDDocument pdf =
          Loader.loadPDF(PdfDocument.bytes(Documents.withLines(count), Language.EN))) {
        assertThat(text(pdf).lines().filter(line -> line.matches("Item \\d+ .*"))).hasSize(count);
        assertThat(pdf.getNumberOfPages())
            .as(count + " lines")
            .isEqualTo(count <= 15 ? 1 : pages(pdf));
      }
    }
  }

  @Test
  void aNameThatTheFontCannotWriteIsNoFault() throws IOException {
    Party buyer = Party.named("株式会社 \u0000\uD83D\uDE00 Żółć Ελλάς " + "W".repeat(180), "JP", null);
    byte[] made =
        PdfDocument.bytes(
            Documents.document(
                Documents.plain().lines(),
                Documents.idr("0.00"),
                List.of(),
                Documents.idr("0.00"),
                buyer),
            Language.EN);
    picture("names", made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      assertThat(text(pdf)).contains("???? ? Żółć Ελλάς", "Japan");
    }
  }

  @Test
  void isMadeOnTheDayOfIssueWithFontsInside() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(PdfDocument.bytes(Documents.plain(), Language.ID))) {
      assertThat(
              pdf.getDocumentInformation().getCreationDate().toInstant().atOffset(ZoneOffset.UTC))
          .hasToString("2025-12-24T17:00Z");
      assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Tagihan INV-2026-000042");
      assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("id");
      PDPage page = pdf.getPage(0);
      for (COSName name : page.getResources().getFontNames()) {
        PDFont font = page.getResources().getFont(name);
        assertThat(font.isEmbedded()).isTrue();
        assertThat(font.getName()).matches("[A-Z]{6}\\+NotoSans.*");
      }
      assertThat(page.getMediaBox().getWidth()).isBetween(595f, 596f);
    }
  }

  /** As {@code invoice.CycleCharges} writes them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pro, 2026-01-31 to 2026-02-27|Pro|31 Januari – 27 Februari 2026",
        "Pro, 2025-12-15 to 2026-01-14|Pro|15 Desember 2025 – 14 Januari 2026",
        "Pro, 2026-02-01 to 2026-02-01, 1 of 28 days|Pro|1 Februari 2026 · 1 dari 28 hari",
        "Pro, 2026-02-01 to 2026-02-09, 7.5 of 30 days|Pro|1–9 Februari 2026 · 7,5 dari 30 hari",
        "Pro, 2026-02-01 to 2026-02-09, 700000 of 2419200 seconds|Pro|1–9 Februari 2026 · 700.000 dari 2.419.200 detik",
        "Calls (region eu, kind a), 2026-02-01 to 2026-02-28|Calls (region eu, kind a)|1–28 Februari 2026",
        "Set-up of Pro|Biaya pemasangan Pro|''",
        "No usage of Pro, 2026-02-01 to 2026-02-28|Tidak ada pemakaian Pro|1–28 Februari 2026",
        "Up to the minimum of Pro, 2026-02-01 to 2026-02-28|Penyesuaian ke minimum Pro|1–28 Februari 2026",
        "Beyond the maximum of Pro, 2026-02-01 to 2026-02-28|Di atas maksimum Pro|1–28 Februari 2026",
        "Balance of the trial|Saldo masa percobaan|''",
        "Anything, else|Anything, else|''"
      })
  void whatTheLedgerWroteIsTranslatedAndOtherTextStays(
      String written, String title, String detail) {
    assertThat(LineText.of(written, Words.of(Language.ID))).isEqualTo(new LineText(title, detail));
  }

  @Test
  void bothLanguagesHaveTheSameWords() {
    assertThat(Words.of(Language.ID).keys()).isEqualTo(Words.of(Language.EN).keys());
  }

  private static int pages(PDDocument pdf) throws IOException {
    assertThat(pdf.getNumberOfPages()).isLessThan(5);
    for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      assertThat(stripper.getText(pdf)).contains("Item ");
    }
    return pdf.getNumberOfPages();
  }

  private static String text(PDDocument pdf) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setSortByPosition(true);
    return stripper.getText(pdf).replace('\u00a0', ' ');
  }

  private static void picture(String name, byte[] made) throws IOException {
    String folder = System.getProperty("pictures");
    if (folder == null) {
      return;
    }
    Files.createDirectories(Path.of(folder));
    Files.write(Path.of(folder, name + ".pdf"), made);
    try (PDDocument pdf = Loader.loadPDF(made)) {
      for (int page = 0; page < pdf.getNumberOfPages(); page++) {
        BufferedImage image = new PDFRenderer(pdf).renderImageWithDPI(page, 110);
        ImageIO.write(image, "png", Path.of(folder, name + "-" + (page + 1) + ".png").toFile());
      }
    }
  }
}
