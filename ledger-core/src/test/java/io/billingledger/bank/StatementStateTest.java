package io.billingledger.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.bank.BankCommand.IgnoreEntry;
import io.billingledger.bank.BankCommand.ImportStatement;
import io.billingledger.bank.BankCommand.MatchEntry;
import io.billingledger.bank.BankCommand.UnmatchEntry;
import io.billingledger.bank.BankCommand.Wanted;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankEvent.StatementImported;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class StatementStateTest {
  private static final Instant AT = Instant.parse("2026-03-06T03:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 5);
  private static final InvoiceId FIRST = InvoiceId.derive("first");
  private static final InvoiceId SECOND = InvoiceId.derive("second");
  private static final Statement STATEMENT = statement("1000.00", "1249.50", "300.00", "-50.50");
  private static final BankEntry RECEIPT = STATEMENT.entries().getFirst();
  private static final BankEntry FEE = STATEMENT.entries().getLast();

  @Test
  void aStatementThatDoesNotCloseIsRefusedWithBothFigures() {
    assertThatThrownBy(() -> statement("1000.00", "1249.51", "300.00", "-50.50"))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("bank-statement.does-not-close")
        .hasMessageContaining("IDR 1249.50")
        .hasMessageContaining("IDR 1249.51");
  }

  @Test
  void anEntryInAnotherCurrencyIsRefused() {
    BankEntry dollars =
        new BankEntry(
            BankEntryId.derive("x"),
            1,
            DAY,
            DAY,
            Money.parse("USD 1.00"),
            false,
            null,
            null,
            List.of());
    refused(
        "bank-statement.currency-differs",
        () -> new Statement("1", "1", DAY, DAY, idr("0.00"), idr("1.00"), List.of(dollars)));
  }

  @Test
  void theSameStatementAgainIsOneAndOtherContentIsRefused() {
    StatementState state = imported();
    assertThat(state.decide(importing(STATEMENT), STATEMENT.id())).isEmpty();
    Statement other = statement("1000.00", "1249.50", "300.01", "-50.51");
    assertThat(other.id()).isEqualTo(STATEMENT.id());
    refused("bank-statement.differs", () -> state.decide(importing(other), STATEMENT.id()));
    assertThatThrownBy(() -> state.decide(importing(other), STATEMENT.id()))
        .hasMessageContaining("entry 1 was IDR 300.00 on 2026-03-05, and is IDR 300.01");
    refused(
        "bank-statement.same-file",
        () -> StatementState.NONE.decide(importing(STATEMENT), BankStatementId.derive("other")));
  }

  @Test
  void theNextYearsStatementOfTheSameNumberIsAnother() {
    assertThat(Statement.id(STATEMENT.accountId(), "7", DAY))
        .isNotEqualTo(Statement.id(STATEMENT.accountId(), "7", DAY.plusYears(1)));
  }

  @Test
  void anEntryIsSplitOverInvoicesUntilNothingIsOpen() {
    Imported state = imported();
    state = after(state, state.decide(match(RECEIPT, wanted(FIRST, "100.00"))));
    assertThat(state.open(RECEIPT)).isEqualTo(idr("200.00"));
    Imported once = state;
    refused("bank-match.too-large", () -> once.decide(match(RECEIPT, wanted(SECOND, "200.01"))));
    refused("bank-match.invoice-twice", () -> once.decide(match(RECEIPT, wanted(FIRST, "1.00"))));
    refused(
        "bank-match.amount-not-positive",
        () -> once.decide(match(RECEIPT, wanted(SECOND, "0.00"))));
    List<StatementEvent> rest = state.decide(match(RECEIPT, wanted(SECOND, "200.00")));
    assertThat(((EntryMatched) rest.getFirst()).invoices())
        .containsExactly(
            new Allocation(SECOND, PaymentId.derive(RECEIPT.id(), SECOND), idr("200.00"), false));
    Imported twice = after(state, rest);
    assertThat(twice.open(RECEIPT)).isEqualTo(idr("0.00"));
    refused(
        "bank-entry.already-matched",
        () -> twice.decide(match(RECEIPT, wanted(InvoiceId.derive("third"), "1.00"))));
  }

  @Test
  void onlyMoneyThatCamePaysAnInvoice() {
    refused("bank-entry.no-receipt", () -> imported().decide(match(FEE, wanted(FIRST, "1.00"))));
    refused(
        "bank-match.currency-differs",
        () -> imported().decide(match(RECEIPT, new Wanted(FIRST, Money.parse("USD 1.00"), null))));
    BankEntry unknown =
        new BankEntry(
            BankEntryId.derive("?"), 1, DAY, DAY, idr("1.00"), false, null, null, List.of());
    refused("bank-entry.unknown", () -> imported().decide(match(unknown, wanted(FIRST, "1.00"))));
    refused(
        "bank-statement.unknown",
        () -> StatementState.NONE.decide(match(RECEIPT, wanted(FIRST, "1.00"))));
  }

  @Test
  void whatIsIgnoredCanBeTakenBackAndWhatHasPaidCannot() {
    Imported state = imported();
    Imported ignored =
        after(state, state.decide(new IgnoreEntry(STATEMENT.id(), FEE.id(), "fee", "a", AT)));
    assertThat(ignored.standing(FEE).ignored()).isEqualTo("fee");
    assertThat(ignored.open(FEE)).isEqualTo(idr("0.00"));
    refused(
        "bank-entry.ignored",
        () -> ignored.decide(new IgnoreEntry(STATEMENT.id(), FEE.id(), "fee", "a", AT)));
    Imported open = after(ignored, ignored.decide(unmatch(FEE)));
    assertThat(open.open(FEE)).isEqualTo(idr("-50.50"));
    refused("bank-entry.nothing-to-undo", () -> open.decide(unmatch(FEE)));

    Imported paid = after(state, state.decide(match(RECEIPT, wanted(FIRST, "300.00"))));
    refused("bank-entry.payment-stands", () -> paid.decide(unmatch(RECEIPT)));
    refused(
        "bank-entry.already-matched",
        () -> paid.decide(new IgnoreEntry(STATEMENT.id(), RECEIPT.id(), "x", "a", AT)));

    PaymentId known = PaymentId.derive("by hand");
    Imported confirmed =
        after(state, state.decide(match(RECEIPT, new Wanted(FIRST, idr("300.00"), known))));
    assertThat(confirmed.standing(RECEIPT).matched())
        .containsExactly(new Allocation(FIRST, known, idr("300.00"), true));
    assertThat(after(confirmed, confirmed.decide(unmatch(RECEIPT))).open(RECEIPT))
        .isEqualTo(idr("300.00"));
  }

  private static Imported imported() {
    return (Imported)
        StatementState.NONE.evolve(
            (StatementImported)
                StatementState.NONE.decide(importing(STATEMENT), STATEMENT.id()).getFirst());
  }

  private static Imported after(StatementState state, List<StatementEvent> events) {
    for (StatementEvent event : events) {
      state = state.evolve(event);
    }
    return (Imported) state;
  }

  private static ImportStatement importing(Statement statement) {
    return new ImportStatement(statement.id(), statement, StatementFormat.CAMT_053, "00", 0, AT);
  }

  private static MatchEntry match(BankEntry entry, Wanted... wanted) {
    return new MatchEntry(STATEMENT.id(), entry.id(), List.of(wanted), null, "a", AT);
  }

  private static UnmatchEntry unmatch(BankEntry entry) {
    return new UnmatchEntry(STATEMENT.id(), entry.id(), "mistaken", "a", AT);
  }

  private static Wanted wanted(InvoiceId invoice, String amount) {
    return new Wanted(invoice, idr(amount), null);
  }

  private static Statement statement(String opening, String closing, String... amounts) {
    List<BankEntry> entries = new ArrayList<>();
    for (String amount : amounts) {
      int line = entries.size() + 1;
      entries.add(
          new BankEntry(
              BankEntryId.derive("entry", line),
              line,
              DAY,
              DAY,
              idr(amount),
              false,
              null,
              null,
              List.of()));
    }
    return new Statement("8001", "7", DAY, DAY, idr(opening), idr(closing), entries);
  }

  private static void refused(String code, ThrowingCallable decision) {
    assertThatThrownBy(decision)
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.rejection().code()).isEqualTo(code));
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
