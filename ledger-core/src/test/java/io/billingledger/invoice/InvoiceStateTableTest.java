package io.billingledger.invoice;

import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueConsolidated;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.RejectProof;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceCommand.SubmitProof;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.StateTable;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.BilledAgain;
import io.billingledger.subscription.UsedPeriod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class InvoiceStateTableTest {

  @Test
  void everyCommandInEveryState() throws IOException {
    InvoiceState pending = Issuing.issued();
    InvoiceState withProof = Issuing.after(pending, pending.decide(Issuing.proof("one"), null));
    InvoiceState partial = Issuing.after(withProof, withProof.decide(pay("50000.00")));
    InvoiceState paid = Issuing.after(withProof, withProof.decide(pay("150000.00")));
    InvoiceState voided =
        Issuing.after(
            withProof,
            withProof.decide(
                new VoidInvoice(Issuing.ID, AfterVoid.WAIVE, "wrong", null, Issuing.AT)));
    InvoiceState writtenOff =
        Issuing.after(
            withProof, withProof.decide(new WriteOffInvoice(Issuing.ID, "unpaid", Issuing.AT)));
    InvoiceState adjusted =
        Issuing.after(
            withProof, withProof.decide(note(CreditNoteType.ADJUSTMENT, "10000.00"), "CN-1"));
    InvoiceState returned =
        Issuing.after(paid, paid.decide(note(CreditNoteType.BALANCE, "10000.00"), "CN-1"));
    ProofId proof = ProofId.derive("one");
    new StateTable<InvoiceState>("Invoice: state × command")
        .state("unknown", InvoiceState.NONE)
        .state("PENDING", withProof)
        .state("PARTIAL", partial)
        .state("PAID", paid)
        .state("PENDING, adjusted", adjusted)
        .state("PAID, part returned", returned)
        .state("VOID", voided)
        .state("WRITTEN_OFF", writtenOff)
        .command(
            IssueInvoice.class, state -> state == InvoiceState.NONE ? Issuing.events() : List.of())
        .command(
            IssueConsolidated.class,
            state -> state == InvoiceState.NONE ? Issuing.events() : List.of())
        .command(RecordPayment.class, state -> state.decide(pay("150000.00", "again")))
        .command(SubmitProof.class, state -> state.decide(Issuing.proof("two"), null))
        .command(
            ApproveProof.class,
            state ->
                state.decide(
                    new ApproveProof(
                        Issuing.ID, proof, null, null, "seen", "sari", null, Issuing.AT)))
        .command(
            RejectProof.class,
            state ->
                state.decide(
                    new RejectProof(Issuing.ID, proof, "blurred", "sari", null, Issuing.AT)))
        .command(
            VoidInvoice.class,
            state ->
                state.decide(
                    new VoidInvoice(Issuing.ID, AfterVoid.REISSUE, "wrong", null, Issuing.AT)))
        .command(
            WithdrawInvoice.class,
            state ->
                state.decide(
                    new WithdrawInvoice(
                        Issuing.ID, Issuing.command().subscriptionId(), "canceled", Issuing.AT)))
        .command(
            CreditUnused.class,
            state ->
                state
                    .noteFor(
                        new CreditUnused(
                            Issuing.ID, "canceled", Fraction.parse("1/3"), "canceled", Issuing.AT))
                    .map(note -> state.decide(note, "INV-CN-2026-000009"))
                    .orElse(List.of()))
        .command(
            CreditUsage.class,
            state ->
                state
                    .notesFor(
                        new CreditUsage(
                            Issuing.ID,
                            Issuing.command().subscriptionId(),
                            new UsedPeriod(
                                1,
                                Issuing.command().period(),
                                Issuing.command().period(),
                                "basic",
                                1,
                                1,
                                new BilledAgain(1, List.of("calls"))),
                            "late",
                            Issuing.AT))
                    .stream()
                    .flatMap(note -> state.decide(note, "INV-CN-2026-000009").stream())
                    .toList())
        .command(
            WriteOffInvoice.class,
            state -> state.decide(new WriteOffInvoice(Issuing.ID, "unpaid", Issuing.AT)))
        .command(
            IssueCreditNote.class,
            state -> state.decide(note(CreditNoteType.ADJUSTMENT, "1000.00", "another"), "CN-2"))
        .command(
            ReverseCreditNote.class,
            state ->
                state.decide(
                    new ReverseCreditNote(
                        Issuing.ID, CreditNoteId.derive("10000.00"), "wrong", null, Issuing.AT)))
        .check(InvoiceCommand.class, Path.of("../docs/states-invoice.md"));
  }

  private static IssueCreditNote note(CreditNoteType type, String amount) {
    return note(type, amount, amount);
  }

  private static IssueCreditNote note(CreditNoteType type, String amount, String key) {
    return new IssueCreditNote(
        Issuing.ID,
        CreditNoteId.derive(key),
        type,
        Money.parse("IDR " + amount),
        Map.of(),
        "agreed",
        null,
        null,
        Issuing.AT);
  }

  private static RecordPayment pay(String amount) {
    return pay(amount, amount);
  }

  private static RecordPayment pay(String amount, String key) {
    return new RecordPayment(
        Issuing.ID,
        PaymentId.derive(key),
        Money.parse("IDR " + amount),
        PaymentMethod.BANK_TRANSFER,
        "BCA 1",
        null,
        null,
        Issuing.AT);
  }
}
