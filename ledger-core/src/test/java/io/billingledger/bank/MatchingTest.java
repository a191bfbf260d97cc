package io.billingledger.bank;

import static io.billingledger.bank.Suggestion.Reason.AMOUNT;
import static io.billingledger.bank.Suggestion.Reason.DATE;
import static io.billingledger.bank.Suggestion.Reason.PAYER;
import static io.billingledger.bank.Suggestion.Reason.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final LocalDate BOOKED = LocalDate.of(2026, 3, 5);
  private static final InvoiceNumbers NUMBERS = new InvoiceNumbers("INV");
  private static final Matching MATCHING = new Matching(NUMBERS);

  @Test
  void aNumberIsFoundHoweverItIsWritten() {
    for (String text :
        List.of(
            "INV-2026-000017",
            "pembayaran inv/2026/000017 terima kasih",
            "INV2026000017",
            "PAY INV 2026 000017 3 seats",
            "RF:INV-2026-0000\n17")) {
      assertThat(NUMBERS.in(text)).as(text).containsExactly("INV-2026-000017");
    }
    assertThat(NUMBERS.in("INV-2026-0000171")).containsExactly("INV-2026-0000171");
    assertThat(NUMBERS.in("XINV-2026-000017, 2026-000017, INV-26-000017")).isEmpty();
    assertThat(NUMBERS.in("INV-2026-000018 dan INV-2026-000017"))
        .containsExactly("INV-2026-000018", "INV-2026-000017");
  }

  @Test
  void numberAmountPayerAndDateMakeTheScore() {
    OpenInvoice invoice = invoice("INV-2026-000017", "Sinar Jaya", "150000.00");
    Suggestion all =
        only(receipt("150000.00", "INV-2026-000017", "PT. SINAR JAYA"), List.of(invoice));
    assertThat(all.reasons()).containsExactly(REFERENCE, AMOUNT, PAYER, DATE);
    assertThat(all.score()).isEqualTo(100);
    assertThat(all.invoices())
        .containsExactly(new Suggestion.Share(invoice.id(), "INV-2026-000017", idr("150000.00")));

    assertThat(only(receipt("150000.00", "thanks", null), List.of(invoice)).reasons())
        .containsExactly(AMOUNT, DATE);
    assertThat(only(receipt("90000.00", "INV-2026-000017", null), List.of(invoice)).score())
        .isEqualTo(58);
    assertThat(MATCHING.suggest(receipt("1.00", "thanks", "Sinar Jaya"), List.of(invoice)))
        .as("a name and a date are no reason")
        .isEmpty();
  }

  @Test
  void whatIsInAnotherCurrencyIsNotMeant() {
    OpenInvoice invoice = invoice("INV-2026-000017", "Sinar Jaya", "150000.00");
    Receipt dollars =
        new Receipt(Money.parse("USD 150000.00"), BOOKED, "INV-2026-000017", null, List.of());
    assertThat(MATCHING.suggest(dollars, List.of(invoice))).isEmpty();
  }

  @Test
  void severalInvoicesOfOneTenantThatComeToTheAmount() {
    OpenInvoice first = invoice("INV-2026-000017", "Sinar Jaya", "150000.00");
    OpenInvoice second = invoice("INV-2026-000018", "Sinar Jaya", "99000.01");
    OpenInvoice third = invoice("INV-2026-000019", "Sinar Jaya", "20000.00");
    OpenInvoice other = invoice("INV-2026-000020", "Other", "20000.00");
    Receipt receipt = receipt("249000.01", "langganan", "SINAR JAYA PT");
    Suggestion sum = only(receipt, List.of(first, second, third, other));
    assertThat(sum.reasons()).containsExactly(AMOUNT, PAYER, DATE);
    assertThat(sum.invoices())
        .extracting(share -> share.invoiceId())
        .containsExactly(first.id(), second.id());
    assertThat(MATCHING.certain(receipt, List.of(first, second))).isEmpty();
  }

  @Test
  void certainIsOnlyWhatNamesExactlyWhatItPays() {
    OpenInvoice first = invoice("INV-2026-000017", "Sinar Jaya", "150000.00");
    OpenInvoice second = invoice("INV-2026-000018", "Lestari", "150000.00");
    List<OpenInvoice> open = List.of(first, second);
    assertThat(MATCHING.certain(receipt("150000.00", "INV-2026-000018", null), open))
        .hasValueSatisfying(
            certain ->
                assertThat(certain.invoices())
                    .extracting(share -> share.invoiceId())
                    .containsExactly(second.id()));
    assertThat(
            MATCHING.certain(receipt("300000.00", "INV-2026-000017+INV-2026-000018", null), open))
        .hasValueSatisfying(certain -> assertThat(certain.invoices()).hasSize(2));
    assertThat(
            MATCHING.certain(receipt("150000.00", "INV-2026-000017/INV-2026-000018", null), open))
        .as("one of two numbers")
        .isEmpty();
    assertThat(MATCHING.certain(receipt("150000.00", "INV-2026-000099", null), open)).isEmpty();
    assertThat(MATCHING.certain(receipt("149999.99", "INV-2026-000017", null), open)).isEmpty();
  }

  @Test
  void thePartsOfABatchEachNameTheirOwn() {
    OpenInvoice first = invoice("INV-2026-000017", "Sinar Jaya", "150000.00");
    OpenInvoice second = invoice("INV-2026-000018", "Lestari", "99000.00");
    Receipt batch =
        new Receipt(
            idr("249000.00"),
            BOOKED,
            "INV-2026-000017 INV-2026-000018",
            null,
            List.of(
                receipt("150000.00", "INV-2026-000017", "Sinar Jaya"),
                receipt("99000.00", "INV-2026-000018", "Lestari")));
    Suggestion best = MATCHING.suggest(batch, List.of(first, second)).getFirst();
    assertThat(best.score()).isEqualTo(100);
    assertThat(best.invoices())
        .extracting(share -> share.amount())
        .containsExactly(idr("150000.00"), idr("99000.00"));
    assertThat(MATCHING.certain(batch, List.of(first, second))).isPresent();
  }

  @Test
  void aNameIsTheSameWithoutItsLegalFormAndCutOff() {
    assertThat(PayerNames.alike("PT SINAR JAYA", "Sinar Jaya, PT.")).isTrue();
    assertThat(PayerNames.alike("JAYA SINAR", "Sinar Jaya Abadi")).isTrue();
    assertThat(PayerNames.alike("Müller", "MULLER GmbH")).isTrue();
    assertThat(PayerNames.alike("SINAR", "Sinar Jaya")).isFalse();
    assertThat(PayerNames.alike("PT", "CV")).isFalse();
    assertThat(PayerNames.alike(null, "Sinar Jaya")).isFalse();
  }

  private static Suggestion only(Receipt receipt, List<OpenInvoice> open) {
    List<Suggestion> found = MATCHING.suggest(receipt, open);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static Receipt receipt(String amount, String text, String payer) {
    return new Receipt(idr(amount), BOOKED, text, payer, List.of());
  }

  private static OpenInvoice invoice(String number, String tenant, String due) {
    return new OpenInvoice(
        InvoiceId.derive(number),
        TenantId.derive(tenant),
        tenant,
        number,
        idr(due),
        LocalDate.of(2026, 3, 1),
        LocalDate.of(2026, 3, 8));
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
