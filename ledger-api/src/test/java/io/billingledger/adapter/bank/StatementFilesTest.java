package io.billingledger.adapter.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.bank.BankEntry;
import io.billingledger.bank.CsvMapping;
import io.billingledger.bank.Statement;
import io.billingledger.kernel.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Files in the forms in which banks publish them, written for these tests. */
class StatementFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);

  private static final CsvMapping BCA =
      new CsvMapping(
          "BCA",
          ";",
          "UTF-8",
          1,
          ",",
          "dd/MM/yyyy",
          "Tanggal",
          null,
          null,
          "Kredit",
          "Debet",
          "Saldo",
          null,
          null,
          "Keterangan");

  @Test
  void camtOfTheSecondVersionWithABatchAndAReversal() {
    ParsedStatement parsed = CamtFile.read(file("camt053-v02.xml")).getFirst();
    Statement statement = parsed.statement();
    assertThat(statement.accountNumber()).isEqualTo("1234567890");
    assertThat(statement.number()).isEqualTo("STM-0064");
    assertThat(statement.from()).isEqualTo(DAY);
    assertThat(statement.to()).isEqualTo(DAY);
    assertThat(statement.opening()).isEqualTo(Money.parse("IDR 1000000.00"));
    assertThat(statement.closing()).isEqualTo(Money.parse("IDR 1384000.00"));
    assertThat(statement.entries()).as("what is pending is no entry").hasSize(3);

    BankEntry single = statement.entries().get(0);
    assertThat(single.amount()).isEqualTo(Money.parse("IDR 150000.00"));
    assertThat(single.reference()).isEqualTo("TRX-1");
    assertThat(single.kind()).isEqualTo("PMNT");
    assertThat(single.parts()).isEmpty();
    assertThat(parsed.texts().get(0))
        .isEqualTo(
            new EntryText(
                single.id(),
                "PT SINAR JAYA",
                "555000111",
                "Pembayaran INV-2026-000017",
                List.of()));

    BankEntry batch = statement.entries().get(1);
    assertThat(batch.partsAddUp()).isTrue();
    assertThat(batch.parts())
        .containsExactly(
            new BankEntry.Part(Money.parse("IDR 150000.00"), "TRX-2-A"),
            new BankEntry.Part(Money.parse("IDR 99000.00"), "TRX-2-B"));
    assertThat(parsed.texts().get(1).parts())
        .containsExactly(
            new EntryText.Part("LESTARI CV", "INV-2026-000018"),
            new EntryText.Part("Toko Makmur", "INV-2026-000019"));
    assertThat(parsed.texts().get(1).text()).isEqualTo("INV-2026-000018\nINV-2026-000019");

    BankEntry returned = statement.entries().get(2);
    assertThat(returned.amount()).isEqualTo(Money.parse("IDR -15000.00"));
    assertThat(returned.reversal()).isTrue();
    assertThat(parsed.texts().get(2).text()).isEqualTo("Returned: account closed");
  }

  @Test
  void camtOfTheEighthVersionInAnEnvelopeInAForeignCurrency() {
    ParsedStatement parsed = CamtFile.read(file("camt053-v08.xml")).getFirst();
    Statement statement = parsed.statement();
    assertThat(statement.accountNumber()).isEqualTo("DE89370400440532013000");
    assertThat(statement.opening()).isEqualTo(Money.parse("EUR -20.00"));
    assertThat(statement.closing()).isEqualTo(Money.parse("EUR 95.50"));
    assertThat(statement.entries())
        .extracting(BankEntry::amount)
        .containsExactly(
            Money.parse("EUR 115.50"), Money.parse("EUR 5.00"), Money.parse("EUR -5.00"));
    assertThat(statement.entries())
        .extracting(BankEntry::reversal)
        .containsExactly(false, true, false);
    BankEntry first = statement.entries().getFirst();
    assertThat(first.bookedOn()).isEqualTo(DAY);
    assertThat(first.valueOn()).isEqualTo(DAY.plusDays(1));
    assertThat(first.reference()).isEqualTo("1");
    assertThat(parsed.texts().getFirst())
        .isEqualTo(
            new EntryText(
                first.id(),
                "Müller GmbH",
                "FR7630006000011234567890189",
                "Rechnung INV-2026-\n000020\nE2E-9",
                List.of()));
  }

  @Test
  void camtThatCannotBeReadSaysWhere() {
    String good = new String(file("camt053-v02.xml"), StandardCharsets.UTF_8);
    refused(
        "bank-statement.unreadable", "line 2", () -> camt("<?xml version=\"1.0\"?>\n<a><b></a>"));
    refused(
        "bank-statement.unreadable",
        "DOCTYPE",
        () ->
            camt(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document>&x;</Document>"));
    refused("bank-statement.unreadable", "not camt.053", () -> camt("<Document/>"));
    refused(
        "bank-statement.unreadable",
        "02 and 08 are",
        () -> camt(good.replace("camt.053.001.02", "camt.053.001.04")));
    refused(
        "bank-statement.unreadable",
        "no closing balance",
        () -> camt(good.replace("<Cd>CLBD</Cd>", "<Cd>ITBD</Cd>")));
    refused(
        "bank-statement.unreadable",
        "no opening balance",
        () -> camt(good.replace("<Cd>PRCD</Cd>", "<Cd>ITBD</Cd>")));
    refused(
        "bank-statement.unreadable", "number", () -> camt(good.replace("<Id>STM-0064</Id>", "")));
    refused(
        "bank-statement.unreadable",
        "too many digits",
        () -> camt(good.replace(">150000<", ">150000.001<")));
    refused(
        "bank-statement.unreadable",
        "amount",
        () -> camt(good.replace("<Amt Ccy=\"IDR\">150000</Amt>", "")));
    refused(
        "bank-statement.does-not-close",
        "IDR 1384000.00",
        () -> camt(good.replace(">150000<", ">150001<")));
    refused(
        "bank-statement.currency-differs",
        "USD",
        () -> camt(good.replace("Ccy=\"IDR\">150000<", "Ccy=\"USD\">150000<")));
  }

  @Test
  void mt940OverTwoPagesWithReversals() {
    List<ParsedStatement> parsed = Mt940File.read(file("pages.sta"));
    assertThat(parsed).hasSize(1);
    Statement statement = parsed.getFirst().statement();
    assertThat(statement.accountNumber()).isEqualTo("12345678/0123456789");
    assertThat(statement.number()).isEqualTo("00031");
    assertThat(statement.opening()).isEqualTo(Money.parse("EUR 1000.00"));
    assertThat(statement.closing()).isEqualTo(Money.parse("EUR 1090.25"));
    assertThat(statement.entries())
        .extracting(BankEntry::amount)
        .containsExactly(
            Money.parse("EUR 150.25"),
            Money.parse("EUR -12.50"),
            Money.parse("EUR -50.00"),
            Money.parse("EUR 2.50"));
    assertThat(statement.entries())
        .extracting(BankEntry::reversal)
        .containsExactly(false, false, true, true);
    BankEntry first = statement.entries().getFirst();
    assertThat(first.reference()).isEqualTo("BANKREF1");
    assertThat(first.kind()).isEqualTo("NTRF");
    EntryText text = parsed.getFirst().texts().getFirst();
    assertThat(text.payer()).isEqualTo("MUELLER UND SOHN GMBH");
    assertThat(text.payerAccount()).isEqualTo("DE02120300000000202051");
    assertThat(text.text())
        .isEqualTo("INV-2026-000021\nSVWZ+Rechnung INV-2026-000021 danke\nZahlung");
    BankEntry returned = statement.entries().get(2);
    assertThat(returned.valueOn()).isEqualTo(LocalDate.of(2026, 1, 2));
    assertThat(returned.bookedOn()).isEqualTo(LocalDate.of(2025, 12, 31));
    assertThat(parsed.getFirst().texts().get(2).payer()).isEqualTo("A. Kunde");
    assertThat(parsed.getFirst().texts().get(2).text())
        .isEqualTo("Ruecklastschrift INV-2025-000003");
  }

  @Test
  void mt940InItsEnvelope() {
    ParsedStatement parsed = Mt940File.read(file("envelope.fin")).getFirst();
    assertThat(parsed.statement().opening()).isEqualTo(Money.parse("IDR -50000.00"));
    assertThat(parsed.statement().closing()).isEqualTo(Money.parse("IDR 100000.00"));
    assertThat(parsed.statement().entries().getFirst().reference()).isEqualTo("TRX-9");
    assertThat(parsed.texts().getFirst().text())
        .isEqualTo("PEMBAYARAN INV-2026-000022 DARI SINAR JAYA");
  }

  @Test
  void mt940ThatCannotBeReadSaysWhere() {
    String good = new String(file("pages.sta"), StandardCharsets.UTF_8);
    refused("bank-statement.unreadable", "no statement", () -> mt940("nothing"));
    refused("bank-statement.unreadable", "no statement", () -> mt940(""));
    refused(
        "bank-statement.unreadable",
        "EUR 1137.75",
        () -> mt940(good.replace("M:C260305EUR1137,75", "M:C260305EUR1137,76")));
    refused(
        "bank-statement.does-not-close",
        "EUR 1090.26",
        () -> mt940(good.replace("62F:C260305EUR1090,25", "62F:C260305EUR1090,26")));
    refused(
        "bank-statement.unreadable", "none of", () -> mt940(good.replace("RC50,00", "EC50,00")));
    refused(
        "bank-statement.unreadable", ":61:", () -> mt940(good.replace("2601021231", "2601029931")));
    refused(
        "bank-statement.unreadable",
        "no closing balance",
        () -> mt940(good.substring(0, good.indexOf(":62F:"))));
    refused(
        "bank-statement.unreadable",
        "before any opening",
        () -> mt940(good.replace(":60F:C260304EUR1000,\r\n", "")));
  }

  @Test
  void csvByTheMappingOfItsBank() {
    ParsedStatement parsed = csv(file("bca.csv"), "1000000.00", "1143500.00");
    assertThat(parsed.statement().entries())
        .extracting(BankEntry::amount)
        .containsExactly(Money.parse("IDR 150000.00"), Money.parse("IDR -6500.00"));
    assertThat(parsed.texts().getFirst().text()).isEqualTo("TRSF INV-2026-000023; SINAR JAYA");
    String good = new String(file("bca.csv"), StandardCharsets.UTF_8);
    refused(
        "bank-statement.does-not-close",
        "IDR 1143501.00",
        () -> csv(file("bca.csv"), "1000000.00", "1143501.00"));
    refused("bank-statement.unreadable", "row 1", () -> csv(file("bca.csv"), "1.00", "1143500.00"));
    refused(
        "bank-statement.unreadable",
        "no date like dd/MM/yyyy",
        () -> csv(bytes(good.replace("05/03/2026;B", "2026-03-05;B")), "1000000.00", "1143500.00"));
    refused(
        "bank-statement.unreadable",
        "no column Kredit",
        () -> csv(bytes(good.replace("Kredit", "Credit")), "1000000.00", "1143500.00"));
    refused(
        "bank-statement.unreadable",
        "is no amount",
        () -> csv(bytes(good.replace("6.500,00", "x")), "1000000.00", "1143500.00"));
  }

  @Test
  void anAmountWithAnExponentIsNoReasonToFail() {
    String good = new String(file("camt053-v02.xml"), StandardCharsets.UTF_8);
    refused(
        "bank-statement.unreadable",
        "more than 18 digits",
        () -> camt(good.replace(">150000<", ">1E999999999<")));
    refused(
        "bank-statement.unreadable",
        "more than 18 digits",
        () -> camt(good.replace(">150000<", ">1E-999999999<")));
  }

  /** Whatever is broken in a file, it is refused; the seed is printed when it is not. */
  @Test
  void aBrokenFileIsRefusedAndNothingElse() {
    long seed = Long.getLong("seed", 20260305L);
    Random random = new Random(seed);
    List<Consumer<byte[]>> readers =
        List.of(
            CamtFile::read,
            CamtFile::read,
            Mt940File::read,
            Mt940File::read,
            file -> csv(file, "1000000.00", "1143500.00"));
    List<byte[]> files =
        List.of(
            file("camt053-v02.xml"),
            file("camt053-v08.xml"),
            file("pages.sta"),
            file("envelope.fin"),
            file("bca.csv"));
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      int which = round % files.size();
      byte[] broken = broken(files.get(which), random);
      try {
        readers.get(which).accept(broken);
      } catch (Rejected expected) {
        refused++;
      } catch (RuntimeException fault) {
        throw new AssertionError(
            "seed %d, round %d: %s"
                .formatted(seed, round, new String(broken, StandardCharsets.UTF_8)),
            fault);
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  /** A piece is cut out, doubled, or written over. */
  private static byte[] broken(byte[] file, Random random) {
    int from = random.nextInt(file.length);
    int to = Math.min(file.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 200));
    byte[] piece = Arrays.copyOfRange(file, from, to);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    made.write(file, 0, from);
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> {
        made.writeBytes(piece);
        made.writeBytes(piece);
      }
      default -> {
        random.nextBytes(piece);
        made.writeBytes(piece);
      }
    }
    made.write(file, to, file.length - to);
    return made.toByteArray();
  }

  private static ParsedStatement csv(byte[] file, String opening, String closing) {
    return CsvFile.read(
            file,
            BCA,
            new CsvFile.Beside(
                "1234567890",
                "IDR",
                "3",
                new BigDecimal(opening),
                new BigDecimal(closing),
                DAY,
                DAY))
        .getFirst();
  }

  private static List<ParsedStatement> camt(String text) {
    return CamtFile.read(bytes(text));
  }

  private static List<ParsedStatement> mt940(String text) {
    return Mt940File.read(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void refused(String code, String said, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.rejection().code()).isEqualTo(code))
        .hasMessageContaining(said);
  }

  static byte[] file(String name) {
    try (InputStream file = StatementFilesTest.class.getResourceAsStream("/bank/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
