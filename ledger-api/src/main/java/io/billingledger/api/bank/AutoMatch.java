package io.billingledger.api.bank;

import io.billingledger.api.bank.BankSuggestions.Placed;
import io.billingledger.bank.BankCommand.MatchEntry;
import io.billingledger.bank.BankCommand.Wanted;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.bank.Suggestion;
import io.billingledger.bank.Suggestion.Share;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.Commands;
import io.billingledger.view.invoice.InvoiceRow;
import io.billingledger.view.invoice.InvoiceRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Confirms at import what names exactly the invoices and amounts that it pays, where the setting
 * {@code ledger.bank.auto-match} says so. Everything else waits for a person.
 */
@Component
class AutoMatch {
  private static final Actor SELF = Actor.system("bank");
  private static final String REASON = "Number and amount are those of the invoice.";

  private final boolean on;
  private final Commands commands;
  private final BankSuggestions suggestions;
  private final InvoiceRows invoices;
  private final EventStore history;

  AutoMatch(
      @Value("${ledger.bank.auto-match}") boolean on,
      Commands commands,
      BankSuggestions suggestions,
      InvoiceRows invoices,
      EventStore history) {
    this.on = on;
    this.commands = commands;
    this.suggestions = suggestions;
    this.invoices = invoices;
    this.history = history;
  }

  /** How many entries it has matched. */
  int match(Imported statement, Instant now) {
    if (!on) {
      return 0;
    }
    List<Placed> entries =
        statement.statement().entries().stream()
            .map(entry -> new Placed(statement, entry))
            .toList();
    int matched = 0;
    for (Map.Entry<BankEntryId, Suggestion> certain : suggestions.certain(entries).entrySet()) {
      List<Share> shares = certain.getValue().invoices();
      if (shares.stream().allMatch(this::stillDue)) {
        commands.send(
            new MatchEntry(
                statement.statement().statementId(),
                certain.getKey(),
                shares.stream()
                    .map(share -> new Wanted(share.invoiceId(), share.amount(), null))
                    .toList(),
                REASON,
                SELF.name(),
                now),
            SELF);
        matched++;
      }
    }
    return matched;
  }

  /** By its history: the view may not have seen yet what has paid it. */
  private boolean stillDue(Share share) {
    InvoiceRow invoice = invoices.current(share.invoiceId(), history).orElseThrow();
    return invoice.amountDue().compareTo(share.amount().getAmount()) == 0;
  }
}
