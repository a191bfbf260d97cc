package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.journal.Cause;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.PaymentId;
import io.billingledger.subscription.Prices;
import io.billingledger.tax.Rules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Which of the accounts of a kind is posted to, and on which day. */
class PostingDetailsTest {
  private final MemoryBooks books = new MemoryBooks();

  @Test
  void eachTaxHasItsAccountAndAVoidTakesBackEach() {
    List<InvoiceEvent> issued = issued();
    assertThat(postings(issued))
        .containsExactly(
            "RECEIVABLE/ 150000.00",
            "DEFERRED_REVENUE/" + product() + " -133928.57",
            "TAX_PAYABLE/LEVY -1339.29",
            "TAX_PAYABLE/PPN -14732.14");
    InvoiceState state = Issuing.after(InvoiceState.NONE, issued);
    assertThat(
            postings(
                state.decide(
                    new VoidInvoice(Issuing.ID, AfterVoid.WAIVE, "wrong", null, Issuing.AT))))
        .containsExactly(
            "DEFERRED_REVENUE/" + product() + " 133928.57",
            "TAX_PAYABLE/LEVY 1339.29",
            "TAX_PAYABLE/PPN 14732.14",
            "RECEIVABLE/ -150000.00");
  }

  @Test
  void cashIsOfTheChannelItCameBy() {
    List<InvoiceEvent> issued = issued();
    postings(issued);
    assertThat(
            postings(
                Issuing.after(InvoiceState.NONE, issued)
                    .decide(
                        new RecordPayment(
                            Issuing.ID,
                            PaymentId.derive("one"),
                            Money.parse("IDR 1000.00"),
                            PaymentMethod.QRIS,
                            "ref",
                            Issuing.AT,
                            null,
                            Issuing.AT))))
        .containsExactly("CASH/QRIS 1000.00", "RECEIVABLE/ -1000.00");
  }

  @Test
  void theAccountingDayIsTheLegalEntitys() {
    Instant late = Instant.parse("2026-01-31T17:00:00Z");
    Optional<JournalEntry> entry =
        books.post(issued().getFirst(), new Cause("event", Issuing.TENANT, late));
    assertThat(entry.orElseThrow().date()).isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(entry.orElseThrow().legalEntityId()).isEqualTo("default");
  }

  private static String product() {
    return Prices.usual().version("basic", 1).productCode();
  }

  private static List<InvoiceEvent> issued() {
    PlanSnapshot plan = Prices.usual().version("basic", 1);
    return InvoiceState.decide(
        Issuing.command(),
        plan,
        Issuing.tenant(),
        Issuing.charges(
            Issuing.command(),
            plan,
            List.of(Issuing.PPN, Rules.rule("ID", "LEVY", "1", "2026-01-01"))),
        "INV-2026-000001",
        Money.parse("IDR 0.00"));
  }

  private List<String> postings(List<InvoiceEvent> events) {
    List<String> lines = new ArrayList<>();
    for (InvoiceEvent event : events) {
      books
          .post(event, new Cause("event", Issuing.TENANT, Issuing.AT))
          .ifPresent(
              entry ->
                  entry
                      .postings()
                      .forEach(
                          p ->
                              lines.add(
                                  p.account() + "/" + p.detail() + " " + p.amount().getAmount())));
    }
    return lines;
  }
}
