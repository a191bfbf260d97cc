package io.billingledger.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.helger.io.resource.inmemory.ReadableResourceByteArray;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.result.ValidationResultList;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import io.billingledger.document.Standing.Ending;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.LineType;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.DocumentTaxes;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held against the schema of UBL 2.1 and the rules of EN 16931 as CEN publishes them. */
class UblDocumentTest {
  private static final ValidationExecutorSetRegistry<IValidationSourceXML> RULES =
      new ValidationExecutorSetRegistry<>();

  static {
    EN16931Validation.initEN16931(RULES);
  }

  static Stream<BillingDocument> documents() {
    Money nothing = Documents.idr("0.00");
    TaxLine zero =
        new TaxLine(
            "VAT", BigDecimal.ZERO, BaseFactor.WHOLE, null, Documents.idr("10.00"), nothing);
    return Stream.of(
        Documents.plain(),
        Documents.full(),
        Documents.ended(Documents.full(), Ending.PAID),
        Documents.withLines(3),
        Documents.document(
            List.of(
                Documents.line(1, LineType.USAGE, "None", "0", "3.5", nothing),
                Documents.line(2, LineType.RECURRING, "Some", "3", "3.5", Documents.idr("10.00"))),
            nothing,
            List.of(zero),
            nothing,
            Party.named("No number", "SG", null)),
        Documents.document(
            List.of(
                Documents.line(1, LineType.RECURRING, "Pro", "1", "20.00", Documents.idr("20.00")),
                Documents.line(
                    2, LineType.ADJUSTMENT, "Back", "1", "5.00", Documents.idr("-5.00"))),
            nothing,
            List.of(),
            Documents.idr("15.00"),
            Documents.BUYER));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void keepsToEveryRule(BillingDocument document) {
    byte[] made = UblDocument.bytes(document, "default");
    assertThat(faults(made)).as(new String(made, StandardCharsets.UTF_8)).isEmpty();
  }

  /** Lines, discounts and taxes in and on top of prices, of which every run takes the same. */
  @Test
  void whateverAnInvoiceHasItKeepsToEveryRule() {
    Random random = new Random(16931);
    for (int run = 0; run < 60; run++) {
      BillingDocument document = drawn(random);
      byte[] made = UblDocument.bytes(document, "default");
      assertThat(faults(made))
          .as("run %d: %s", run, new String(made, StandardCharsets.UTF_8))
          .isEmpty();
    }
  }

  private static BillingDocument drawn(Random random) {
    CurrencyUnit currency = CurrencyUnit.of(List.of("IDR", "EUR", "JPY").get(random.nextInt(3)));
    List<InvoiceLine> lines = new ArrayList<>();
    Money net = Money.zero(currency);
    for (int i = 1; i <= 1 + random.nextInt(6); i++) {
      boolean back = i > 1 && random.nextInt(5) == 0;
      Money amount = Money.ofMinor(currency, random.nextInt(back ? 100 : 10_000_000));
      amount = back ? amount.negated() : amount;
      BigDecimal quantity = BigDecimal.valueOf(random.nextInt(5000), random.nextInt(4));
      lines.add(
          Documents.line(
              i, LineType.USAGE, "Line " + i, quantity.toPlainString(), "1.005", amount));
      net = net.plus(amount);
    }
    Money discount =
        random.nextBoolean() || net.isNegative()
            ? Money.zero(currency)
            : net.multipliedBy(new BigDecimal("0.15"), RoundingMode.HALF_UP);
    Money base = net.minus(discount);
    List<TaxRule> rules = new ArrayList<>();
    for (String name : List.of("VAT", "LEVY", "FEE").subList(0, random.nextInt(4))) {
      rules.add(
          new TaxRule(
              TaxRuleId.derive(name),
              "ID",
              name,
              BigDecimal.valueOf(random.nextInt(260), 1),
              random.nextBoolean() ? BaseFactor.WHOLE : BaseFactor.parse("11/12"),
              null,
              true,
              LocalDate.EPOCH,
              null));
    }
    List<TaxLine> taxes = DocumentTaxes.onNet(base, rules).lines();
    Money tax = taxes.stream().map(TaxLine::amount).reduce(Money.zero(currency), Money::plus);
    Money credit = random.nextBoolean() ? Money.zero(currency) : base.plus(tax);
    return Documents.document(lines, discount, taxes, credit, Documents.BUYER);
  }

  @Test
  void theRulesAreReallyHeldAgainstIt() {
    String made =
        new String(UblDocument.bytes(Documents.plain(), "default"), StandardCharsets.UTF_8);
    assertThat(
            faults(
                made.replace(">150000.00</cbc:TaxInc", ">150000.01</cbc:TaxInc")
                    .getBytes(StandardCharsets.UTF_8)))
        .anyMatch(fault -> fault.contains("BR-CO-15"));
    assertThat(faults(made.replace("cbc:DueDate", "cbc:DueDay").getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
  }

  @Test
  void isAsItWasMadeOnce() throws IOException {
    byte[] made = UblDocument.bytes(Documents.plain(), "default");
    assertThat(new String(made, StandardCharsets.UTF_8))
        .contains(
            "<cbc:DueDate>2025-12-31</cbc:DueDate>",
            "<cbc:Percent>11</cbc:Percent>",
            "<cbc:TaxableAmount currencyID=\"IDR\">135135.14</cbc:TaxableAmount>",
            "<cbc:TaxAmount currencyID=\"IDR\">14864.86</cbc:TaxAmount>",
            "<cbc:PayableAmount currencyID=\"IDR\">150000.00</cbc:PayableAmount>",
            "ID01.234.567.8-012.000",
            "ID02.345.678.9-023.000");
    Golden.check("invoice.xml", made);
  }

  @Test
  void whatXmlCannotHoldIsLeftOut() {
    byte[] made =
        UblDocument.bytes(
            Documents.document(
                Documents.plain().lines(),
                Documents.idr("0.00"),
                List.of(Documents.PPN),
                Documents.idr("0.00"),
                Party.named("A\u0001B & <C> \uFFFE\uD83D\uDE00\uD800", "ID", "\u001F")),
            "default");
    assertThat(faults(made)).as(new String(made, StandardCharsets.UTF_8)).isEmpty();
    assertThat(new String(made, StandardCharsets.UTF_8))
        .contains("<cbc:Name>AB &amp; &lt;C&gt; \uD83D\uDE00</cbc:Name>");
  }

  @Test
  void whatHappensLaterDoesNotChangeIt() {
    assertThat(UblDocument.bytes(Documents.ended(Documents.full(), Ending.PAID), "default"))
        .isEqualTo(UblDocument.bytes(Documents.full(), "default"));
  }

  @Test
  void aVoidInvoiceAndASellerWithoutAnAddressHaveNone() {
    assertThatThrownBy(
            () -> UblDocument.bytes(Documents.ended(Documents.plain(), Ending.VOID), "default"))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.rejection().code()).isEqualTo("document.void"));
    BillingDocument nobody =
        BillingDocument.of(
            Documents.issued(
                Documents.plain().lines(),
                Documents.idr("0.00"),
                List.of(Documents.PPN),
                Documents.idr("0.00")),
            Documents.plain().standing(),
            "Billing Ledger",
            Optional.empty(),
            Documents.BUYER);
    assertThatThrownBy(() -> UblDocument.bytes(nobody, "default"))
        .isInstanceOfSatisfying(
            Rejected.class,
            no -> assertThat(no.rejection().code()).isEqualTo("document.seller-not-described"));
    assertThat(PdfDocument.bytes(nobody, Language.EN)).isNotEmpty();
  }

  private static List<String> faults(byte[] made) {
    ValidationResultList results =
        ValidationExecutionManager.executeValidation(
            IValidityDeterminator.createDefault(),
            RULES.getOfID(EN16931Validation.VID_UBL_INVOICE_1314_2),
            ValidationSourceXML.create(new ReadableResourceByteArray(made)));
    List<String> faults = new ArrayList<>();
    results.getAllErrors().forEach(error -> faults.add(error.getAsStringLocaleIndepdent()));
    return faults;
  }
}
