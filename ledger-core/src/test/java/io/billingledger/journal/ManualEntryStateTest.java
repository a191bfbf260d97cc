package io.billingledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.journal.ManualEntryCommand.ApproveEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeReversal;
import io.billingledger.journal.ManualEntryCommand.RejectEntry;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StateTable;
import io.billingledger.kernel.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class ManualEntryStateTest {
  private static final ManualEntryId ID = ManualEntryId.derive("one");
  private static final ManualEntryId BACK = ManualEntryId.derive("back");
  private static final TenantId TENANT = TenantId.derive("acme");
  private static final InvoiceId INVOICE = InvoiceId.derive("invoice");
  private static final Instant AT = Instant.parse("2026-03-01T03:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final List<ManualLine> RENT =
      List.of(
          line(Account.OTHER_EXPENSE, "rent", "IDR 500000.00"),
          line(Account.CASH, "BANK_TRANSFER", "IDR -500000.00"));

  @Test
  void everyCommandInEveryState() throws IOException {
    new StateTable<ManualEntryState>("Manual entry: state × command")
        .state("unknown", ManualEntryState.NONE)
        .state("PROPOSED", proposed())
        .state("POSTED", posted())
        .state("REJECTED", after(proposed(), proposed().decide(reject())))
        .command(ProposeEntry.class, state -> state.decide(propose(RENT), ChartState.NONE))
        .command(ProposeReversal.class, state -> ManualEntryState.NONE.decide(reversal(), state))
        .command(ApproveEntry.class, state -> state.decide(approve("budi")))
        .command(RejectEntry.class, state -> state.decide(reject()))
        .check(ManualEntryCommand.class, Path.of("../docs/states-manual-entry.md"));
  }

  @Test
  void whatIsWantedInAClosedMonthIsPostedInTheNextAndSaysSo() {
    CalendarState januaryClosed = new CalendarState(YearMonth.of(2026, 1), null, null);
    EntryApproved approved =
        (EntryApproved)
            proposed().decide(new ApproveEntry(ID, januaryClosed, "budi", AT)).getFirst();
    assertThat(approved.date()).isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(approved.corrects()).isEqualTo(DAY);
    JournalEntry entry =
        new MemoryBooks().post(approved, new Cause("event", null, AT)).orElseThrow();
    assertThat(entry.date()).isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(entry.corrects()).isEqualTo(DAY);
    assertThat(entry.invoiceId()).isEqualTo(INVOICE);
    assertThat(entry.postings())
        .containsExactly(
            new Posting(Account.OTHER_EXPENSE, "rent", Money.parse("IDR 500000.00")),
            new Posting(Account.CASH, "BANK_TRANSFER", Money.parse("IDR -500000.00")));
  }

  @Test
  void aReversalIsTheSameWithTheOtherSign() {
    ManualEntryState back =
        after(ManualEntryState.NONE, ManualEntryState.NONE.decide(reversal(), posted()));
    assertThat(back.proposed().lines())
        .containsExactly(
            line(Account.OTHER_EXPENSE, "rent", "IDR -500000.00"),
            line(Account.CASH, "BANK_TRANSFER", "IDR 500000.00"));
    assertThat(back.proposed().reverses()).isEqualTo(ID);
    assertThat(back.proposed().invoiceId()).isEqualTo(INVOICE);
  }

  @Test
  void whatIsWrongIsNamed() {
    refused(
        "manual-entry.unbalanced",
        List.of(RENT.getFirst(), line(Account.CASH, "CASH", "IDR -499999.00")));
    refused(
        "manual-entry.unbalanced",
        List.of(RENT.getFirst(), line(Account.CASH, "CASH", "USD -500000.00")));
    refused(
        "manual-entry.line-empty", List.of(RENT.getFirst(), line(Account.CASH, "X", "IDR 0.00")));
    refused(
        "manual-entry.control-account",
        List.of(RENT.getFirst(), line(Account.RECEIVABLE, "", "IDR -500000.00")));
    refused(
        "manual-entry.detail-missing",
        List.of(RENT.getFirst(), line(Account.CASH, "", "IDR -500000.00")));
    refused(
        "manual-entry.detail-unwanted",
        List.of(RENT.getFirst(), line(Account.BAD_DEBT, "x", "IDR -500000.00")));
    assertThatThrownBy(
            () ->
                ManualEntryState.NONE.decide(
                    propose(
                        List.of(RENT.getFirst(), line(Account.RECEIVABLE, "", "IDR -500000.00"))),
                    ChartState.NONE))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().detail()).startsWith("Line 2: RECEIVABLE"));
    assertThatThrownBy(() -> proposed().decide(approve("sari")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused ->
                assertThat(refused.rejection().code()).isEqualTo("manual-entry.same-person"));
  }

  @Test
  void nothingIsPostedToAClosedAccount() {
    ChartState closed = new ChartState(Map.of(), Set.of("OTHER_EXPENSE/rent"));
    assertThatThrownBy(() -> ManualEntryState.NONE.decide(propose(RENT), closed))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.rejection().code()).isEqualTo("manual-entry.account-closed");
              assertThat(refused.rejection().detail())
                  .isEqualTo("Line 1: the account OTHER_EXPENSE rent is closed.");
            });
  }

  private static void refused(String code, List<ManualLine> lines) {
    assertThatThrownBy(() -> ManualEntryState.NONE.decide(propose(lines), ChartState.NONE))
        .isInstanceOfSatisfying(
            Rejected.class, refused -> assertThat(refused.rejection().code()).isEqualTo(code));
  }

  private static ProposeEntry propose(List<ManualLine> lines) {
    return new ProposeEntry(ID, "default", DAY, lines, "rent", TENANT, INVOICE, "sari", AT);
  }

  private static ProposeReversal reversal() {
    return new ProposeReversal(BACK, ID, DAY, "twice", "sari", AT);
  }

  private static ApproveEntry approve(String by) {
    return new ApproveEntry(ID, CalendarState.NONE, by, AT);
  }

  private static RejectEntry reject() {
    return new RejectEntry(ID, "no invoice", "budi", AT);
  }

  private static ManualEntryState proposed() {
    return after(
        ManualEntryState.NONE, ManualEntryState.NONE.decide(propose(RENT), ChartState.NONE));
  }

  private static ManualEntryState posted() {
    return after(proposed(), proposed().decide(approve("budi")));
  }

  private static ManualEntryState after(ManualEntryState state, List<ManualEntryEvent> events) {
    for (ManualEntryEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }

  private static ManualLine line(Account account, String detail, String amount) {
    return new ManualLine(account, detail, Money.parse(amount));
  }
}
