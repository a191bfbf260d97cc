package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CycleReleased;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.invoice.InvoiceState.Priced;
import io.billingledger.journal.Cause;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.revenue.RevenueLine;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * An invoice of two subscriptions: a shop at 150000.00 with ten percent off, and two of mail at
 * 150000.00 each for another period; PPN is inside both prices.
 */
class ConsolidatedInvoiceTest {
  private static final SubscriptionId SHOP = SubscriptionId.derive("usual");
  private static final SubscriptionId MAIL = SubscriptionId.derive("mail");
  private static final PlanSnapshot SHOP_PLAN = Prices.usual().version("basic", 1);
  private static final PlanSnapshot MAIL_PLAN =
      new PlanSnapshot(PlanId.derive("mail"), "mail", "mail", "Mail", true, SHOP_PLAN.terms());

  private final MemoryBooks books = new MemoryBooks();
  private final List<InvoiceEvent> history = new ArrayList<>();
  private InvoiceState state = InvoiceState.NONE;

  ConsolidatedInvoiceTest() {
    List<Priced> cycles =
        List.of(
            new Priced(wanted(SHOP, 2, "basic", 1, true), SHOP_PLAN),
            new Priced(wanted(MAIL, 7, "mail", 2, false), MAIL_PLAN));
    Charges charges =
        Charges.of(
            Issuing.ID,
            cycles.stream().map(ConsolidatedInvoiceTest::asked).toList(),
            List.of(Issuing.PPN));
    given(
        InvoiceState.decide(
            cycles, Issuing.tenant(), charges, "INV-2026-000001", idr("0.00"), Issuing.AT));
  }

  /** 150000.00 − 10 % = 135000.00 and 2 × 150000.00: 435000.00 ÷ 1.11 = 391891.89 net. */
  @Test
  void discountsComeOffTheirOwnLinesAndTaxIsOnAllOfThem() {
    InvoiceIssued issued = (InvoiceIssued) history.getFirst();
    assertThat(issued.lines())
        .extracting(line -> line.subscriptionId() + " " + line.cycleNo() + " " + line.grossAmount())
        .containsExactly(SHOP + " 2 IDR 135000.00", MAIL + " 7 IDR 300000.00");
    assertThat(issued.total()).isEqualTo(idr("435000.00"));
    assertThat(issued.taxTotal()).isEqualTo(idr("43108.11"));
    assertThat(issued.discounts())
        .singleElement()
        .satisfies(
            off -> {
              assertThat(off.asked()).isEqualTo(idr("15000.00"));
              assertThat(off.subscriptionId()).isEqualTo(SHOP);
            });
    assertThat(issued.cycles())
        .extracting(InvoicedCycle::subscriptionId)
        .containsExactly(SHOP, MAIL);
  }

  /** 135000 ÷ 1.11 = 121621.62 of one product, 391891.89 − 121621.62 of the other. */
  @Test
  void eachProductDefersAndEarnsItsOwn() {
    assertThat(deferred()).containsExactly("app 121621.62", "mail 270270.27");
    assertThat(
            RevenueLine.of((InvoiceIssued) history.getFirst(), LocalDate.of(2026, 1, 10)).stream()
                .map(
                    line ->
                        "%s %s to %s"
                            .formatted(
                                line.schedule().amount(),
                                line.schedule().from(),
                                line.schedule().to())))
        .containsExactly(
            "IDR 121621.62 2026-01-10 to 2026-02-09", "IDR 270270.27 2026-01-12 to 2026-02-11");
  }

  @Test
  void aPaymentSettlesTheCycleOfEach() {
    pay("435000.00");
    assertThat(history)
        .filteredOn(InvoiceSettled.class::isInstance)
        .containsExactly(
            new InvoiceSettled(Issuing.ID, SHOP, 2, Issuing.AT),
            new InvoiceSettled(Issuing.ID, MAIL, 7, Issuing.AT));
  }

  @Test
  void whoeverLeavesAnOpenInvoiceOwesLessAndTheOtherThePartOfItsOwn() {
    withdraw(MAIL);
    assertThat(history).contains(released(MAIL, 7, AfterVoid.NOTHING));
    assertThat(notes()).containsExactly("ADJUSTMENT IDR 300000.00");
    assertThat(issued().due()).isEqualTo(idr("135000.00"));
    assertThat(deferred()).containsExactly("app 121621.62");
    withdraw(MAIL);
    assertThat(notes()).as("once").hasSize(1);
    pay("135000.00");
    assertThat(history)
        .filteredOn(InvoiceSettled.class::isInstance)
        .containsExactly(new InvoiceSettled(Issuing.ID, SHOP, 2, Issuing.AT));
  }

  @Test
  void whatIsPaidOfThePartThatIsGivenUpBecomesCredit() {
    pay("200000.00");
    withdraw(MAIL);
    assertThat(notes())
        .as("235000.00 was still due")
        .containsExactly("ADJUSTMENT IDR 235000.00", "BALANCE IDR 65000.00");
    assertThat(history).last().isInstanceOf(CreditNoteIssued.class);
    assertThat(history)
        .as("nothing is due of the rest")
        .contains(new InvoiceSettled(Issuing.ID, SHOP, 2, Issuing.AT));
    assertThat(issued().due()).isEqualTo(idr("0.00"));
  }

  @Test
  void whenAllHaveLeftNothingIsDueAndNothingIsDeferred() {
    withdraw(SHOP);
    withdraw(MAIL);
    assertThat(issued().due()).isEqualTo(idr("0.00"));
    assertThat(issued().standing()).isEmpty();
    assertThat(deferred()).isEmpty();
  }

  @Test
  void aVoidTakesBackOfEachProductAndTellsEachSubscription() {
    given(state.decide(new VoidInvoice(Issuing.ID, AfterVoid.REISSUE, "wrong", null, Issuing.AT)));
    assertThat(history).contains(released(MAIL, 7, AfterVoid.REISSUE));
    assertThat(deferred()).isEmpty();
    withdraw(SHOP);
    assertThat(notes()).isEmpty();
  }

  @Test
  void aVoidAfterOneHasLeftTellsThoseThatStand() {
    withdraw(MAIL);
    given(state.decide(new VoidInvoice(Issuing.ID, AfterVoid.REISSUE, "wrong", null, Issuing.AT)));
    assertThat(history).doesNotContain(released(MAIL, 7, AfterVoid.REISSUE));
    assertThat(deferred()).isEmpty();
  }

  private static CycleReleased released(SubscriptionId of, int cycleNo, AfterVoid then) {
    return new CycleReleased(
        Issuing.ID, of, cycleNo, then, then == AfterVoid.NOTHING ? "enough" : "wrong", Issuing.AT);
  }

  private static IssueInvoice wanted(
      SubscriptionId subscription, int cycleNo, String plan, int quantity, boolean coupon) {
    LocalDate start = LocalDate.of(2026, 1, coupon ? 10 : 12);
    return new IssueInvoice(
        Issuing.ID,
        Issuing.TENANT,
        subscription,
        cycleNo,
        new BillingPeriod(start, start.plusDays(30)),
        10,
        plan,
        1,
        quantity,
        LocalDate.of(2026, 1, 17),
        InvoiceReason.RENEWAL,
        true,
        List.of(),
        null,
        coupon ? List.of(new CouponDiscount("TEN", BigDecimal.TEN, null)) : List.of(),
        Issuing.AT);
  }

  private static Charges.Asked asked(Priced cycle) {
    CycleCharges charges =
        CycleCharges.of(cycle.wanted(), cycle.plan(), List.of(), InvoiceState.ENGINE, Issuing.ZONE);
    return new Charges.Asked(
        cycle.wanted().subscriptionId(),
        charges.charges(),
        cycle.wanted().coupons().stream().map(Discount::of).toList());
  }

  private void withdraw(SubscriptionId subscription) {
    WithdrawInvoice withdraw = new WithdrawInvoice(Issuing.ID, subscription, "enough", Issuing.AT);
    List<InvoiceEvent> events = state.decide(withdraw);
    var notes =
        events.isEmpty() ? List.<InvoiceCommand.IssueCreditNote>of() : state.notesFor(withdraw);
    given(events);
    notes.forEach(note -> given(state.decide(note, "CN-" + note.type())));
  }

  private void pay(String amount) {
    given(
        state.decide(
            new RecordPayment(
                Issuing.ID,
                PaymentId.derive(amount),
                idr(amount),
                PaymentMethod.CASH,
                "ref",
                null,
                null,
                Issuing.AT)));
  }

  private void given(List<InvoiceEvent> events) {
    state = Issuing.after(state, events);
    for (InvoiceEvent event : events) {
      books.post(event, new Cause("e" + history.size(), Issuing.TENANT, Issuing.AT));
      history.add(event);
    }
  }

  private Issued issued() {
    return (Issued) state;
  }

  private List<String> notes() {
    return history.stream()
        .filter(CreditNoteIssued.class::isInstance)
        .map(event -> ((CreditNoteIssued) event).note())
        .map(note -> note.type() + " " + note.total())
        .toList();
  }

  private List<String> deferred() {
    return new TreeMap<>(books.deferred(Issuing.ID))
        .entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .map(entry -> entry.getKey() + " " + entry.getValue().getAmount())
            .toList();
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
