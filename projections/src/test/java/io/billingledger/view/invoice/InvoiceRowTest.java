package io.billingledger.view.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.VersionReach;
import io.billingledger.invoice.AfterVoid;
import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.RejectProof;
import io.billingledger.invoice.InvoiceCommand.SubmitProof;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.InvoiceState;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.invoice.LineType;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.invoice.ProofStatus;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxLine;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class InvoiceRowTest {
  private static final InvoiceId ID = InvoiceId.derive("row");
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("row");
  private static final ProofId PROOF = ProofId.derive("row");
  private static final Instant ISSUED = Instant.parse("2026-01-01T03:00:00Z");
  private static final Instant DUE = Instant.parse("2026-01-07T17:00:00Z");
  private static final Instant BEFORE = DUE.minusNanos(1000);
  private static final Instant LATER = Instant.parse("2026-01-03T03:00:00Z");

  private final InvoiceRow row = new InvoiceRow();
  private InvoiceState state = InvoiceState.NONE;

  @Test
  void anIssuedInvoiceIsPendingUntilItIsDueAndOverdueFromThatInstantOn() {
    issue("0.00");
    assertThat(row.status(BEFORE)).isEqualTo(InvoiceStatus.PENDING);
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.OVERDUE);
    amounts("0.00", "0.00", "0.00", "150000.00");
    assertThat(row.lines()).isEqualTo(lines());
    assertThat(row.taxes()).isEqualTo(taxes());
  }

  @Test
  void partPaymentsAddUpAndWhatIsTooMuchIsNotTheInvoices() {
    issue("0.00");
    pay("100000.00");
    assertThat(row.status(BEFORE)).isEqualTo(InvoiceStatus.PARTIAL);
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.OVERDUE);
    amounts("100000.00", "0.00", "0.00", "50000.00");
    pay("60000.00");
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.PAID);
    assertThat(row.paidAt()).isEqualTo(LATER);
    amounts("150000.00", "0.00", "0.00", "0.00");
    assertThat(row.payments())
        .extracting(InvoiceRow.Payment::excess)
        .containsExactly(idr("0.00"), idr("10000.00"));
  }

  @Test
  void creditThatCoversItAllPaysIt() {
    issue("150000.00");
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.PAID);
    amounts("0.00", "150000.00", "0.00", "0.00");
  }

  @Test
  void ofSeveralSubscriptionsItSaysWhoStandsOnItAndWhoDoesNoMore() {
    SubscriptionId other = SubscriptionId.derive("row", "other");
    issue(
        "0.00",
        List.of(
            new InvoicedCycle(
                other,
                InvoiceReason.RENEWAL,
                7,
                new BillingPeriod(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01")),
                plan(),
                1,
                List.of())));
    take(new InvoiceEvent.CycleReleased(ID, SUBSCRIPTION, 1, AfterVoid.NOTHING, "enough", LATER));
    assertThat(row.cycles())
        .containsExactly(
            new InvoiceRow.Cycle(SUBSCRIPTION, 1, InvoiceReason.FIRST, LATER),
            new InvoiceRow.Cycle(other, 7, InvoiceReason.RENEWAL, null));
  }

  @Test
  void aVoidInvoiceHoldsNoMoney() {
    issue("20000.00");
    pay("30000.00");
    then(s -> s.decide(new WithdrawInvoice(ID, SUBSCRIPTION, "plan changed", LATER)));
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.VOID);
    assertThat(row.voidAt()).isEqualTo(LATER);
    assertThat(row.closingReason()).isEqualTo("plan changed");
    amounts("0.00", "0.00", "0.00", "0.00");
    pay("1000.00");
    amounts("0.00", "0.00", "0.00", "0.00");
    assertThat(row.payments().getLast().excess()).isEqualTo(idr("1000.00"));
  }

  @Test
  void aPersonVoidsWhatNobodyHasPaid() {
    issue("0.00");
    then(s -> s.decide(new VoidInvoice(ID, AfterVoid.REISSUE, "wrong plan", null, LATER)));
    assertThat(row.status(BEFORE)).isEqualTo(InvoiceStatus.VOID);
  }

  @Test
  void aRecoveryTakesFromWhatWasWrittenOffUntilItIsPaidAfterAll() {
    issue("0.00");
    pay("50000.00");
    then(s -> s.decide(new WriteOffInvoice(ID, "terminated", LATER)));
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.WRITTEN_OFF);
    amounts("50000.00", "0.00", "100000.00", "0.00");
    pay("40000.00");
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.WRITTEN_OFF);
    amounts("90000.00", "0.00", "60000.00", "0.00");
    pay("70000.00");
    assertThat(row.status(DUE)).isEqualTo(InvoiceStatus.PAID);
    amounts("150000.00", "0.00", "0.00", "0.00");
  }

  @Test
  void aProofIsDecidedByTwoWhenItIsLarge() {
    issue("0.00");
    proof();
    assertThat(row.proof(PROOF).orElseThrow().status()).isEqualTo(ProofStatus.SUBMITTED);
    approve("ani");
    assertThat(row.proof(PROOF).orElseThrow())
        .returns(ProofStatus.AWAITING_SECOND_APPROVAL, InvoiceRow.Proof::status)
        .returns("ani", InvoiceRow.Proof::firstApprovedBy)
        .returns(null, InvoiceRow.Proof::decidedAt);
    approve("budi");
    assertThat(row.proof(PROOF).orElseThrow())
        .returns(ProofStatus.APPROVED, InvoiceRow.Proof::status)
        .returns("ani", InvoiceRow.Proof::firstApprovedBy)
        .returns("budi", InvoiceRow.Proof::decidedBy)
        .returns(idr("150000.00"), InvoiceRow.Proof::approvedAmount);
    assertThat(row.payments())
        .singleElement()
        .returns(PROOF, InvoiceRow.Payment::proofId)
        .returns("TRX-1", InvoiceRow.Payment::reference);
  }

  @Test
  void aRejectedProofKeepsItsReason() {
    issue("0.00");
    proof();
    then(s -> s.decide(new RejectProof(ID, PROOF, "unreadable", "ani", null, LATER)));
    assertThat(row.proof(PROOF).orElseThrow())
        .returns(ProofStatus.REJECTED, InvoiceRow.Proof::status)
        .returns("unreadable", InvoiceRow.Proof::reason);
    amounts("0.00", "0.00", "0.00", "150000.00");
  }

  @Test
  void aDecisionOnAProofThatNeverCameStopsTheLine() {
    issue("0.00");
    assertThatThrownBy(
            () -> row.apply(new InvoiceEvent.ProofRejected(ID, PROOF, "no", "ani", LATER)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void issue(String credit) {
    issue(credit, List.of());
  }

  private void issue(String credit, List<InvoicedCycle> others) {
    InvoiceIssued issued =
        new InvoiceIssued(
            ID,
            TenantId.derive("row"),
            SUBSCRIPTION,
            "MAIN-2026-000001",
            "main",
            InvoiceReason.FIRST,
            1,
            new BillingPeriod(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")),
            plan(),
            1,
            lines(),
            taxes(),
            idr("135135.14"),
            idr("0.00"),
            idr("14864.86"),
            idr("150000.00"),
            idr(credit),
            ZoneId.of("Asia/Jakarta"),
            ISSUED,
            DUE,
            true,
            "v1",
            "HALF_UP",
            List.of(),
            List.of(),
            others);
    take(issued);
    if (idr(credit).isEqual(idr("150000.00"))) {
      take(new InvoiceEvent.InvoiceSettled(ID, SUBSCRIPTION, 1, ISSUED));
    }
  }

  private void pay(String amount) {
    PaymentId payment = PaymentId.derive(row.payments().size());
    then(
        s ->
            s.decide(
                new RecordPayment(
                    ID, payment, idr(amount), PaymentMethod.CASH, "R", null, null, LATER)));
  }

  private void proof() {
    then(
        s ->
            s.decide(
                new SubmitProof(
                    ID,
                    PROOF,
                    "ab".repeat(32),
                    "image/png",
                    9,
                    idr("150000.00"),
                    LATER,
                    "TRX-1",
                    LATER),
                null));
  }

  private void approve(String by) {
    then(
        s ->
            s.decide(new ApproveProof(ID, PROOF, null, idr("100000.00"), "seen", by, null, LATER)));
  }

  private void then(Function<InvoiceState, List<InvoiceEvent>> decision) {
    decision.apply(state).forEach(this::take);
  }

  private void take(InvoiceEvent event) {
    state = state.evolve(event);
    row.apply(event);
    if (state instanceof InvoiceState.Issued issued) {
      assertThat(row.amountDue()).isEqualTo(issued.due().getAmount());
    }
  }

  private void amounts(String paid, String credited, String writtenOff, String due) {
    assertThat(row.amountPaid()).isEqualTo(paid);
    assertThat(row.amountCredited()).isEqualTo(credited);
    assertThat(row.amountWrittenOff()).isEqualTo(writtenOff);
    assertThat(row.amountDue()).isEqualTo(due);
  }

  private static List<InvoiceLine> lines() {
    return List.of(
        new InvoiceLine(
            LineId.derive(ID, 1),
            LineType.RECURRING,
            "Starter",
            BigDecimal.ONE,
            new BigDecimal("150000.00"),
            idr("135135.14"),
            idr("150000.00"),
            null,
            SUBSCRIPTION,
            1,
            null,
            null,
            null));
  }

  private static List<TaxLine> taxes() {
    return List.of(
        new TaxLine(
            "PPN",
            new BigDecimal("12"),
            BaseFactor.parse("11/12"),
            "PMK-131/2024",
            idr("135135.14"),
            idr("14864.86")));
  }

  private static PlanSnapshot plan() {
    return new PlanSnapshot(
        PlanId.derive("row"),
        "starter",
        "garment",
        "Starter",
        true,
        new PlanTerms(
            1,
            LocalDate.parse("2026-01-01"),
            idr("150000.00"),
            TaxBehaviour.INCLUSIVE,
            new RollingDays(30),
            0,
            idr("0.00"),
            Activation.IMMEDIATE,
            List.of(),
            DunningPolicy.DEFAULT,
            List.of(),
            List.of(),
            null,
            null,
            VersionReach.ALL_FROM_NEXT_CYCLE,
            null,
            null));
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
