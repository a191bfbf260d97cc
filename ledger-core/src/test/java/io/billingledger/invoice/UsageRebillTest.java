package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceRejection.CreditNoteBilledAgain;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.subscription.BilledAgain;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What late usage of a billed period leads to, and what is taken back for it. */
class UsageRebillTest {
  private static final SubscriptionId SUBSCRIPTION = Issuing.command().subscriptionId();

  private static final Instant CLOSED = Instant.parse("2026-02-09T17:00:00Z");
  private static final BillingPeriod ONE =
      new BillingPeriod(LocalDate.parse("2026-01-10"), LocalDate.parse("2026-02-09"));
  private static final BillingPeriod TWO =
      new BillingPeriod(LocalDate.parse("2026-02-09"), LocalDate.parse("2026-03-11"));
  private static final PlanSnapshot PLAN =
      new Prices().metered("metered", 14, "15000.00").version("metered", 1);

  private InvoiceState state = InvoiceState.NONE;

  @ParameterizedTest
  @CsvSource({
    "calls=5, calls=6, calls",
    "calls=5, calls=5, ''",
    "calls=5, calls=0, calls",
    "calls=0, calls=0, ''",
    "calls=0, calls/west=5, calls",
    "calls/west=5, calls/east=5, calls",
    "calls=5 mails=1, calls=5 mails=2, mails",
    "calls=5 mails=1, calls=6 mails=2, calls mails",
  })
  void onlyWhatIsCountedOtherwiseIsBilledAgain(String before, String now, String changed) {
    assertThat(String.join(" ", UsageRebill.changed(reading(before), reading(now))))
        .isEqualTo(changed);
  }

  @Test
  void whatDependsOnAllMetersIsBilledTogether() {
    UsedPeriod cycle = used(1);
    assertThat(UsageRebill.used(cycle, 2, PLAN.terms(), List.of("calls")).again())
        .isEqualTo(new BilledAgain(2, List.of("calls")));
    assertThat(UsageRebill.used(used(0), 1, PLAN.terms(), List.of("calls")).again())
        .as("a trial's balance")
        .isEqualTo(new BilledAgain(1, null));
  }

  @Test
  void whereNothingIsLeftNothingIsCharged() {
    assertThat(rebill("calls=0").charges()).isFalse();
    assertThat(rebill("calls=1").charges()).isTrue();
  }

  @Test
  void aPercentageComesOffAgainAndOfAnAmountTheShareOfTheLines() {
    InvoiceIssued first =
        issue(
            "1000",
            new CouponDiscount("tenth", new BigDecimal("10"), null),
            new CouponDiscount("fixed", null, idr("12000.00")));
    assertThat(rebill("calls=1100", first).coupons())
        .as("of 120000.00 the usage was 20000.00")
        .containsExactly(
            new CouponDiscount("tenth", new BigDecimal("10"), null),
            new CouponDiscount("fixed", null, idr("2000.00")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, ADJUSTMENT 24000.00",
    "100000.00, ADJUSTMENT 24000.00",
    "110000.00, ADJUSTMENT 14000.00 BALANCE 10000.00",
    "124000.00, BALANCE 24000.00",
  })
  void whatIsUnpaidIsDueNoMoreAndWhatWasPaidBecomesCredit(BigDecimal paid, String notes) {
    issue("1200");
    pay(paid);
    assertThat(notes(credit(1, "calls"))).isEqualTo(notes);
    assertThat(issued().charges(SUBSCRIPTION, again(1, "calls"))).isFalse();
    assertThat(credit(1, "calls")).as("the same round").isEmpty();
    assertThat(credit(2, "calls")).as("nothing is left").isEmpty();
  }

  @Test
  void aNoteOfUsageThatIsBilledAgainStays() {
    issue("1200");
    CreditNoteId note = credit(1, "calls").getFirst().noteId();
    assertThatThrownBy(
            () -> state.decide(new ReverseCreditNote(Issuing.ID, note, "back", null, CLOSED)))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection()).isEqualTo(new CreditNoteBilledAgain(note)));
  }

  @Test
  void otherMetersAndTheFeeStay() {
    issue("1200");
    assertThat(credit(1, "mails")).isEmpty();
    assertThat(issued().due()).isEqualTo(idr("124000.00"));
  }

  @Test
  void whatWasWrittenOffIsNotTakenBack() {
    issue("1200");
    evolve(state.decide(new WriteOffInvoice(Issuing.ID, "gone", CLOSED)));
    assertThat(issued().canTakeBack(SUBSCRIPTION, again(1, "calls"))).isFalse();
    assertThat(credit(1, "calls")).isEmpty();
  }

  private UsageRebill rebill(String now, InvoiceIssued... charging) {
    return UsageRebill.of(
        SUBSCRIPTION, used(1), 1, PLAN, List.of("calls"), reading(now), List.of(charging));
  }

  private List<IssueCreditNote> credit(int round, String metric) {
    List<IssueCreditNote> notes =
        state.notesFor(
            new CreditUsage(Issuing.ID, SUBSCRIPTION, again(round, metric), "late", CLOSED));
    notes.forEach(note -> evolve(state.decide(note, "CN-" + note.type())));
    return notes;
  }

  private static String notes(List<IssueCreditNote> notes) {
    return String.join(
        " ",
        notes.stream()
            .map(
                note ->
                    note.type()
                        + " "
                        + note.lines().values().stream()
                            .reduce(Money::plus)
                            .orElseThrow()
                            .getAmount()
                            .toPlainString())
            .toList());
  }

  private void pay(BigDecimal amount) {
    if (amount.signum() > 0) {
      evolve(
          state.decide(
              new RecordPayment(
                  Issuing.ID,
                  PaymentId.derive("one"),
                  idr(amount.toPlainString()),
                  PaymentMethod.BANK_TRANSFER,
                  null,
                  null,
                  null,
                  CLOSED)));
    }
  }

  /** With the fee of the next cycle, as the invoice of a cycle has it. */
  private InvoiceIssued issue(String calls, CouponDiscount... coupons) {
    IssueInvoice command =
        new IssueInvoice(
            Issuing.ID,
            Issuing.TENANT,
            Issuing.command().subscriptionId(),
            2,
            TWO,
            10,
            PLAN.code(),
            1,
            1,
            LocalDate.parse("2026-02-16"),
            InvoiceReason.RENEWAL,
            true,
            List.of(used(1)),
            null,
            List.of(coupons),
            CLOSED);
    Charges charges =
        Issuing.charges(
            command,
            PLAN,
            List.of(new BilledUsage(used(1), PLAN, reading("calls=" + calls))),
            List.of());
    List<InvoiceEvent> events =
        InvoiceState.decide(command, PLAN, Issuing.tenant(), charges, "INV-1", idr("0.00"));
    evolve(events);
    return (InvoiceIssued) events.getFirst();
  }

  private void evolve(List<InvoiceEvent> events) {
    events.forEach(event -> state = state.evolve(event));
  }

  private Issued issued() {
    return (Issued) state;
  }

  private static UsedPeriod again(int round, String metric) {
    return used(1).billedAgain(new BilledAgain(round, List.of(metric)));
  }

  private static UsedPeriod used(int cycle) {
    return new UsedPeriod(cycle, ONE, ONE, PLAN.code(), 1, 1);
  }

  /** Such as {@code calls=5 mails/west=3}. */
  private static UsageReading reading(String uses) {
    List<MeterUse> meters = new ArrayList<>();
    for (String use : uses.split(" ")) {
      String[] parts = use.split("[=/]");
      meters.add(
          new MeterUse(
              parts[0],
              parts.length == 2 ? Map.of() : Map.of("region", parts[1]),
              Consumption.of(new BigDecimal(parts[parts.length - 1])),
              3));
    }
    return new UsageReading(meters, List.of(), CLOSED);
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
