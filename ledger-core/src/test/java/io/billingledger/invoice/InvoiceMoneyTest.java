package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.RejectProof;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.journal.Account;
import io.billingledger.journal.Cause;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.journal.Posting;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.Rejected;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.Prices;
import io.billingledger.tax.Rules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** To the cent: what an invoice says, what payments do to it, and what the journal makes of it. */
class InvoiceMoneyTest {
  private InvoiceState state = InvoiceState.NONE;
  private final List<InvoiceEvent> history = new ArrayList<>();

  @Test
  void ppnIsInsideThePriceAndRoundedOnce() {
    InvoiceIssued issued = (InvoiceIssued) Issuing.events().getFirst();
    assertThat(issued.subtotal()).isEqualTo(idr("135135.14"));
    assertThat(issued.taxTotal()).isEqualTo(idr("14864.86"));
    assertThat(issued.total()).isEqualTo(idr("150000.00"));
    assertThat(issued.lines().getFirst().grossAmount()).isEqualTo(idr("150000.00"));
    assertThat(issued.taxes().getFirst().regulation()).isEqualTo("PMK-131/2024");
  }

  @Test
  void severalTaxesStandOnTheDocumentOneByOne() {
    PlanSnapshot plan = Prices.usual().version("basic", 1);
    Charges charges =
        Issuing.charges(
            Issuing.command(),
            plan,
            List.of(Issuing.PPN, Rules.rule("ID", "LEVY", "1", "2026-01-01")));
    assertThat(charges.taxes())
        .extracting(tax -> tax.name() + " " + tax.base() + " " + tax.amount())
        .containsExactly("PPN IDR 133928.57 IDR 14732.14", "LEVY IDR 133928.57 IDR 1339.29");
    assertThat(charges.subtotal().plus(charges.taxTotal())).isEqualTo(idr("150000.00"));
  }

  @Test
  void partPaymentsSettleWhenNothingIsDue() {
    given(Issuing.events());
    pay("one", "100000.00");
    assertThat(issued().due()).isEqualTo(idr("50000.00"));
    assertThat(issued().settled()).isFalse();
    pay("two", "50000.00");
    assertThat(issued().settled()).isTrue();
    assertThat(balances())
        .isEqualTo(
            Map.of(
                Account.CASH, idr("150000.00"),
                Account.DEFERRED_REVENUE, idr("-135135.14"),
                Account.TAX_PAYABLE, idr("-14864.86")));
  }

  @Test
  void whatIsPaidTooMuchIsTheTenantsCredit() {
    given(Issuing.events());
    PaymentRecorded payment = pay("one", "200000.00");
    assertThat(payment.applied()).isEqualTo(idr("150000.00"));
    assertThat(payment.excess()).isEqualTo(idr("50000.00"));
    assertThat(balances()).containsEntry(Account.CUSTOMER_CREDIT, idr("-50000.00"));
  }

  @Test
  void creditAtIssueLowersWhatIsDue() {
    given(Issuing.events(idr("50000.00")));
    assertThat(issued().due()).isEqualTo(idr("100000.00"));
    assertThat(balances())
        .containsEntry(Account.RECEIVABLE, idr("100000.00"))
        .containsEntry(Account.CUSTOMER_CREDIT, idr("50000.00"));
  }

  @Test
  void creditForAllOfItSettlesAtIssue() {
    given(Issuing.events(idr("150000.00")));
    assertThat(issued().settled()).isTrue();
    assertThat(balances()).doesNotContainKey(Account.RECEIVABLE);
  }

  @Test
  void moneyForAWrittenOffInvoiceRecoversIt() {
    given(Issuing.events());
    given(state.decide(new WriteOffInvoice(Issuing.ID, "unpaid", Issuing.AT)));
    assertThat(balances()).containsEntry(Account.BAD_DEBT, idr("150000.00"));
    PaymentRecorded payment = pay("late", "160000.00");
    assertThat(payment.applied()).isEqualTo(idr("0.00"));
    assertThat(payment.recovered()).isEqualTo(idr("150000.00"));
    assertThat(payment.excess()).isEqualTo(idr("10000.00"));
    assertThat(balances()).doesNotContainKey(Account.BAD_DEBT);
  }

  @Test
  void aWithdrawnInvoiceReleasesPaymentsAndCredit() {
    given(Issuing.events(idr("50000.00")));
    pay("one", "30000.00");
    given(
        state.decide(
            new WithdrawInvoice(
                Issuing.ID, Issuing.command().subscriptionId(), "canceled", Issuing.AT)));
    InvoiceVoided voided = (InvoiceVoided) history.getLast();
    assertThat(voided.openAmount()).isEqualTo(idr("70000.00"));
    assertThat(voided.creditReturned()).isEqualTo(idr("50000.00"));
    assertThat(voided.paymentsReleased()).isEqualTo(idr("30000.00"));
    assertThat(balances())
        .isEqualTo(
            Map.of(
                Account.CASH, idr("30000.00"),
                Account.CUSTOMER_CREDIT, idr("-30000.00")));
    assertThat(pay("late", "1000.00").excess()).isEqualTo(idr("1000.00"));
  }

  @Test
  void aLargeProofNeedsTwoDifferentActors() {
    given(Issuing.events());
    given(state.decide(Issuing.proof("one"), null));
    given(state.decide(approve("sari")));
    assertThat(issued().paid()).isEqualTo(idr("0.00"));
    assertThatThrownBy(() -> state.decide(approve("sari")))
        .isInstanceOfSatisfying(
            Rejected.class,
            no -> assertThat(no.rejection().code()).isEqualTo("proof.second-approver-same"));
    given(state.decide(approve("budi")));
    assertThat(issued().settled()).isTrue();
    assertThatThrownBy(() -> state.decide(approve("ani")))
        .isInstanceOfSatisfying(
            Rejected.class,
            no -> assertThat(no.rejection().code()).isEqualTo("proof.already-decided"));
  }

  @Test
  void oneFileIsOneProofUntilItIsRejected() {
    given(Issuing.events());
    given(state.decide(Issuing.proof("one"), null));
    assertThat(state.decide(Issuing.proof("one"), null)).isEmpty();
    assertThatThrownBy(() -> state.decide(Issuing.proof("two"), null))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.rejection().code()).isEqualTo("proof.same-file"));
    given(
        state.decide(
            new RejectProof(
                Issuing.ID, ProofId.derive("one"), "blurred", "sari", null, Issuing.AT)));
    assertThat(state.decide(Issuing.proof("two"), null)).hasSize(1);
  }

  @Test
  void whatIsNotUsedOfAPaidInvoiceBecomesCreditWithItsTax() {
    given(Issuing.events());
    assertThat(state.noteFor(unused("early", "1/3"))).as("nothing was paid").isEmpty();
    pay("one", "150000.00");
    given(state.decide(state.noteFor(unused("change", "1/3")).orElseThrow(), "CN-1"));
    CreditNote note = ((CreditNoteIssued) history.getLast()).note();
    assertThat(note.type()).isEqualTo(CreditNoteType.BALANCE);
    assertThat(note.total()).isEqualTo(idr("50000.00"));
    assertThat(note.subtotal()).isEqualTo(idr("45045.05"));
    assertThat(note.taxTotal()).isEqualTo(idr("4954.95"));
    assertThat(state.noteFor(unused("change", "1/3"))).as("once for each cause").isEmpty();
    given(state.decide(state.noteFor(unused("canceled", "1")).orElseThrow(), "CN-2"));
    assertThat(((CreditNoteIssued) history.getLast()).note().total())
        .as("never more than was charged")
        .isEqualTo(idr("100000.00"));
    assertThat(state.noteFor(unused("more", "1"))).isEmpty();
    assertThat(issued().due()).isEqualTo(idr("0.00"));
    assertThat(balances())
        .containsEntry(Account.CUSTOMER_CREDIT, idr("-150000.00"))
        .containsEntry(Account.CASH, idr("150000.00"))
        .doesNotContainKey(Account.RECEIVABLE);
  }

  private static CreditUnused unused(String key, String fraction) {
    return new CreditUnused(Issuing.ID, key, Fraction.parse(fraction), "unused", Issuing.AT);
  }

  @Test
  void theSamePaymentIsRecordedOnce() {
    given(Issuing.events());
    pay("one", "1000.00");
    assertThat(state.decide(payment("one", "1000.00"))).isEmpty();
  }

  private static ApproveProof approve(String by) {
    return new ApproveProof(
        Issuing.ID, ProofId.derive("one"), null, idr("100000.00"), "seen", by, null, Issuing.AT);
  }

  private static RecordPayment payment(String key, String amount) {
    return new RecordPayment(
        Issuing.ID,
        PaymentId.derive(key),
        idr(amount),
        PaymentMethod.BANK_TRANSFER,
        "BCA 1",
        null,
        null,
        Issuing.AT);
  }

  private PaymentRecorded pay(String key, String amount) {
    List<InvoiceEvent> events = state.decide(payment(key, amount));
    given(events);
    return (PaymentRecorded) events.getFirst();
  }

  private void given(List<InvoiceEvent> events) {
    history.addAll(events);
    state = Issuing.after(state, events);
  }

  private Issued issued() {
    return (Issued) state;
  }

  /** Every account that is not zero, from the postings of the whole history. */
  private Map<Account, Money> balances() {
    Map<Account, Money> balances = new EnumMap<>(Account.class);
    MemoryBooks books = new MemoryBooks();
    for (int i = 0; i < history.size(); i++) {
      Cause cause = new Cause("event-" + i, Issuing.TENANT, Issuing.AT);
      books.post(history.get(i), cause).map(JournalEntry::postings).stream()
          .flatMap(List::stream)
          .forEach((Posting p) -> balances.merge(p.account(), p.amount(), Money::plus));
    }
    balances.values().removeIf(Money::isZero);
    return balances;
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
