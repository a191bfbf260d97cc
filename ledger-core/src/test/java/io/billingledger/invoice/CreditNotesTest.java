package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.journal.Account;
import io.billingledger.journal.Cause;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.journal.Posting;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** To the cent: what a credit note takes back, and what the books make of it. */
class CreditNotesTest {
  private InvoiceState state = InvoiceState.NONE;
  private final List<InvoiceEvent> history = new ArrayList<>();

  @Test
  void anAdjustmentMakesLessDueAndTakesItsTaxBack() {
    given(Issuing.events());
    CreditNote note = note("one", CreditNoteType.ADJUSTMENT, "30000.00");
    assertThat(note.subtotal()).isEqualTo(idr("27027.03"));
    assertThat(note.taxTotal()).isEqualTo(idr("2972.97"));
    assertThat(note.total()).isEqualTo(idr("30000.00"));
    assertThat(note.taxes())
        .extracting(tax -> tax.name() + " " + tax.base() + " " + tax.amount())
        .containsExactly("PPN IDR 27027.03 IDR 2972.97");
    assertThat(issued().due()).isEqualTo(idr("120000.00"));
    assertThat(balances())
        .isEqualTo(
            Map.of(
                Account.RECEIVABLE, idr("120000.00"),
                Account.DEFERRED_REVENUE, idr("-108108.11"),
                Account.TAX_PAYABLE, idr("-11891.89")));
  }

  @Test
  void anAdjustmentOfAllThatIsDueSettles() {
    given(Issuing.events());
    pay("100000.00");
    List<InvoiceEvent> events =
        state.decide(asked("all", CreditNoteType.ADJUSTMENT, "50000.00"), "INV-CN-2026-000001");
    assertThat(events.getLast()).isInstanceOf(InvoiceSettled.class);
    given(events);
    assertThat(issued().due()).isEqualTo(idr("0.00"));
    refused(
        "credit-note.has-settled",
        () ->
            state.decide(
                new ReverseCreditNote(
                    Issuing.ID, CreditNoteId.derive("all"), "wrong", null, Issuing.AT)));
  }

  @Test
  void aRefundAndABalanceTogetherNeverGiveMoreThanWasPaid() {
    given(Issuing.events());
    pay("150000.00");
    note("back", CreditNoteType.REFUND, "100000.00");
    refused(
        "credit-note.too-large",
        () -> state.decide(asked("more", CreditNoteType.BALANCE, "50000.01"), "x"));
    note("rest", CreditNoteType.BALANCE, "50000.00");
    refused(
        "credit-note.too-large",
        () -> state.decide(asked("more", CreditNoteType.BALANCE, "0.01"), "x"));
    assertThat(balances())
        .isEqualTo(
            Map.of(Account.CASH, idr("50000.00"), Account.CUSTOMER_CREDIT, idr("-50000.00")));
  }

  @Test
  void whatCreditPaidCanBecomeCreditAgainButIsNotPaidOut() {
    given(Issuing.events(idr("150000.00")));
    refused(
        "credit-note.too-large",
        () -> state.decide(asked("out", CreditNoteType.REFUND, "1.00"), "x"));
    note("again", CreditNoteType.BALANCE, "150000.00");
    assertThat(balances()).isEmpty();
  }

  @Test
  void aReversedNoteIsAsIfItHadNotBeen() {
    given(Issuing.events());
    pay("150000.00");
    Map<Account, Money> before = balances();
    note("one", CreditNoteType.REFUND, "70000.00");
    given(
        state.decide(
            new ReverseCreditNote(
                Issuing.ID, CreditNoteId.derive("one"), "bounced", null, Issuing.AT)));
    assertThat(balances()).isEqualTo(before);
    assertThat(issued().notes().left(line())).isEqualTo(idr("150000.00"));
    refused(
        "credit-note.already-reversed",
        () ->
            state.decide(
                new ReverseCreditNote(
                    Issuing.ID, CreditNoteId.derive("one"), "again", null, Issuing.AT)));
    note("two", CreditNoteType.REFUND, "150000.00");
  }

  @Test
  void aLineGivesBackAtMostWhatItAskedFor() {
    given(Issuing.events());
    refused(
        "credit-note.line-too-large",
        () ->
            state.decide(
                asked("line", CreditNoteType.ADJUSTMENT, Map.of(line(), idr("150000.01"))), "x"));
    refused(
        "credit-note.line-unknown",
        () ->
            state.decide(
                asked(
                    "line",
                    CreditNoteType.ADJUSTMENT,
                    Map.of(LineId.derive("another"), idr("1.00"))),
                "x"));
  }

  @Test
  void theSameNoteAgainChangesNothing() {
    given(Issuing.events());
    note("one", CreditNoteType.ADJUSTMENT, "30000.00");
    assertThat(state.decide(asked("one", CreditNoteType.ADJUSTMENT, "30000.00"), "x")).isEmpty();
  }

  @Test
  void anAdjustedInvoiceIsWithdrawnInBalanceAndAReturnedOneStays() {
    given(Issuing.events());
    pay("20000.00");
    note("one", CreditNoteType.ADJUSTMENT, "30000.00");
    given(
        state.decide(
            new WithdrawInvoice(
                Issuing.ID, Issuing.command().subscriptionId(), "canceled", Issuing.AT)));
    assertThat(balances())
        .isEqualTo(
            Map.of(Account.CASH, idr("20000.00"), Account.CUSTOMER_CREDIT, idr("-20000.00")));

    state = InvoiceState.NONE;
    history.clear();
    given(Issuing.events());
    pay("150000.00");
    note("one", CreditNoteType.BALANCE, "30000.00");
    assertThat(
            state.decide(
                new WithdrawInvoice(
                    Issuing.ID, Issuing.command().subscriptionId(), "canceled", Issuing.AT)))
        .isEmpty();
  }

  /**
   * Random lines and two taxes, taken back in random parts: the sum is the invoice, no cent off.
   */
  @Test
  void allNotesTogetherAreTheInvoice() {
    long seed = System.nanoTime();
    System.out.println("CreditNotesTest seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < Integer.getInteger("cases", 20_000) / 10; run++) {
      List<InvoiceLine> lines = new ArrayList<>();
      Money tax = idr("0.00");
      for (int i = 0; i <= random.nextInt(5); i++) {
        Money net = Money.ofMinor(tax.getCurrencyUnit(), random.nextInt(1_000_000));
        Money gross = net.plusMinor(random.nextInt(200_000));
        tax = tax.plus(gross).minus(net);
        lines.add(line("line" + i, net, gross));
      }
      Money first = Money.ofMinor(tax.getCurrencyUnit(), tax.getAmountMinorLong() / 3);
      Money net = lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
      List<TaxLine> taxes = List.of(tax("PPN", net, first), tax("LEVY", net, tax.minus(first)));
      Creditable left = Creditable.of(lines, taxes);
      while (left.gross().isPositive()) {
        long cents = left.gross().getAmountMinorLong();
        Money part =
            Money.ofMinor(
                net.getCurrencyUnit(), random.nextInt(4) == 0 ? cents : 1 + random.nextLong(cents));
        Creditable.Part taken = random.nextBoolean() ? left.spread(part) : ofOneLine(left, random);
        assertThat(taken.taxes().stream().map(TaxLine::amount).reduce(Money::plus))
            .contains(taken.total().minus(taken.subtotal()));
        left = left.without(of(taken));
        left.lines()
            .values()
            .forEach(
                rest -> {
                  assertThat(rest.net().isNegative()).isFalse();
                  assertThat(rest.tax().isNegative()).isFalse();
                });
        left.taxes().forEach(rest -> assertThat(rest.amount().isNegative()).isFalse());
      }
      assertThat(left.lines().values())
          .allSatisfy(rest -> assertThat(rest.net().isZero()).isTrue());
      assertThat(left.taxes())
          .allSatisfy(
              rest -> {
                assertThat(rest.amount().isZero()).isTrue();
                assertThat(rest.base().isZero()).isTrue();
              });
    }
  }

  private static Creditable.Part ofOneLine(Creditable left, Random random) {
    List<LineId> open =
        left.lines().entrySet().stream()
            .filter(entry -> entry.getValue().gross().isPositive())
            .map(Map.Entry::getKey)
            .toList();
    LineId id = open.get(random.nextInt(open.size()));
    Money most = left.lines().get(id).gross();
    Map<LineId, Money> wanted = new LinkedHashMap<>();
    wanted.put(
        id, Money.ofMinor(most.getCurrencyUnit(), 1 + random.nextLong(most.getAmountMinorLong())));
    return left.take(wanted);
  }

  private static CreditNote of(Creditable.Part part) {
    return new CreditNote(
        CreditNoteId.derive("x"),
        "x",
        CreditNoteType.BALANCE,
        part.lines(),
        part.taxes(),
        part.subtotal(),
        part.total().minus(part.subtotal()),
        part.total(),
        "x",
        null,
        Issuing.AT);
  }

  private static InvoiceLine line(String key, Money net, Money gross) {
    InvoiceLine like =
        ((InvoiceEvent.InvoiceIssued) Issuing.events().getFirst()).lines().getFirst();
    return new InvoiceLine(
        LineId.derive(key),
        LineType.RECURRING,
        key,
        BigDecimal.ONE,
        net.getAmount(),
        net,
        gross,
        null,
        like.subscriptionId(),
        1,
        null,
        null,
        null);
  }

  private static TaxLine tax(String name, Money base, Money amount) {
    return new TaxLine(name, BigDecimal.TEN, BaseFactor.parse("1"), null, base, amount);
  }

  private LineId line() {
    return ((InvoiceEvent.InvoiceIssued) history.getFirst()).lines().getFirst().id();
  }

  private CreditNote note(String key, CreditNoteType type, String amount) {
    List<InvoiceEvent> events = state.decide(asked(key, type, amount), "INV-CN-2026-000001");
    given(events);
    return ((CreditNoteIssued) events.getFirst()).note();
  }

  private static IssueCreditNote asked(String key, CreditNoteType type, String amount) {
    return new IssueCreditNote(
        Issuing.ID,
        CreditNoteId.derive(key),
        type,
        idr(amount),
        Map.of(),
        "agreed",
        null,
        null,
        Issuing.AT);
  }

  private static IssueCreditNote asked(String key, CreditNoteType type, Map<LineId, Money> lines) {
    return new IssueCreditNote(
        Issuing.ID, CreditNoteId.derive(key), type, null, lines, "agreed", null, null, Issuing.AT);
  }

  private void pay(String amount) {
    given(
        state.decide(
            new RecordPayment(
                Issuing.ID,
                PaymentId.derive(amount),
                idr(amount),
                PaymentMethod.BANK_TRANSFER,
                "BCA 1",
                null,
                null,
                Issuing.AT)));
  }

  private void given(List<InvoiceEvent> events) {
    state = Issuing.after(state, events);
    history.addAll(events);
  }

  private Issued issued() {
    return (Issued) state;
  }

  /** What the books say, without what is zero. */
  private Map<Account, Money> balances() {
    Map<Account, Money> balances = new TreeMap<>();
    MemoryBooks books = new MemoryBooks();
    for (int i = 0; i < history.size(); i++) {
      books
          .post(history.get(i), new Cause(String.valueOf(i), Issuing.TENANT, Issuing.AT))
          .ifPresent(
              entry -> {
                for (Posting posting : entry.postings()) {
                  balances.merge(posting.account(), posting.amount(), Money::plus);
                }
              });
    }
    balances.values().removeIf(Money::isZero);
    return balances;
  }

  private static void refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable decision) {
    assertThatThrownBy(decision)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              Rejection rejection = rejected.rejection();
              assertThat(rejection.code()).isEqualTo(code);
            });
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
