package io.billingledger.api.bank;

import io.billingledger.adapter.bank.EntryText;
import io.billingledger.bank.Allocation;
import io.billingledger.bank.BankEntry;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.bank.StatementState.Standing;
import io.billingledger.bank.Suggestion;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.InvoiceId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * An entry and what is known of it.
 *
 * @param lineNo its place on the statement, from 1
 * @param amount negative when money went
 * @param reversal whether the bank took an earlier entry back with it
 * @param amountOpen what nobody has said anything of
 * @param invoices what it was matched with
 * @param ignoredReason null unless it is ignored
 * @param payer null where the bank told none, it was erased, or only a command is answered
 * @param text what the payer wrote; null like the payer
 * @param suggestions the best first
 */
record BankEntryBody(
    BankEntryId id,
    BankStatementId statementId,
    BankAccountId accountId,
    int lineNo,
    LocalDate bookedOn,
    LocalDate valueOn,
    Money amount,
    boolean reversal,
    String reference,
    String kind,
    Status status,
    Money amountMatched,
    Money amountOpen,
    List<Allocation> invoices,
    String ignoredReason,
    String payer,
    String payerAccount,
    String text,
    List<Part> parts,
    List<Proposal> suggestions) {

  /** Where an entry stands. */
  enum Status {
    /** Waits for somebody, and nothing is known that it may be for. */
    UNMATCHED,
    /** Waits for somebody, and there is a suggestion. */
    SUGGESTED,
    MATCHED,
    IGNORED
  }

  /** One payment of a batch; what the bank did not tell is null. */
  record Part(Money amount, String reference, String payer, String text) {}

  /**
   * What it may be for.
   *
   * @param score 0 to 100: the sum of the reasons' points
   */
  record Proposal(List<Share> invoices, int score, List<Reason> reasons) {
    static Proposal of(Suggestion suggestion) {
      return new Proposal(
          suggestion.invoices().stream()
              .map(share -> new Share(share.invoiceId(), share.invoiceNumber(), share.amount()))
              .toList(),
          suggestion.score(),
          suggestion.reasons().stream()
              .map(reason -> new Reason(reason, reason.points()))
              .toList());
    }
  }

  record Share(InvoiceId invoiceId, String invoiceNumber, Money amount) {}

  record Reason(Suggestion.Reason reason, int points) {}

  /**
   * @param text null where it shall not be told or is gone
   */
  static BankEntryBody of(
      Imported statement, BankEntry entry, EntryText text, List<Suggestion> suggestions) {
    Standing standing = statement.standing(entry);
    Money open = statement.open(entry);
    Money matched =
        standing.matched().stream()
            .map(Allocation::amount)
            .reduce(Money.zero(entry.amount().getCurrencyUnit()), Money::plus);
    return new BankEntryBody(
        entry.id(),
        statement.statement().statementId(),
        statement.statement().accountId(),
        entry.lineNo(),
        entry.bookedOn(),
        entry.valueOn(),
        entry.amount(),
        entry.reversal(),
        entry.reference(),
        entry.kind(),
        status(standing, open, suggestions),
        matched,
        open,
        standing.matched(),
        standing.ignored(),
        text == null ? null : text.payer(),
        text == null ? null : text.payerAccount(),
        text == null ? null : text.text(),
        parts(entry, text),
        suggestions.stream().map(Proposal::of).toList());
  }

  private static Status status(Standing standing, Money open, List<Suggestion> suggestions) {
    if (standing.ignored() != null) {
      return Status.IGNORED;
    }
    if (open.isZero()) {
      return Status.MATCHED;
    }
    return suggestions.isEmpty() ? Status.UNMATCHED : Status.SUGGESTED;
  }

  private static List<Part> parts(BankEntry entry, EntryText text) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < entry.parts().size(); i++) {
      EntryText.Part words = text == null || text.parts().size() <= i ? null : text.parts().get(i);
      parts.add(
          new Part(
              entry.parts().get(i).amount(),
              entry.parts().get(i).reference(),
              words == null ? null : words.payer(),
              words == null ? null : words.text()));
    }
    return parts;
  }
}
