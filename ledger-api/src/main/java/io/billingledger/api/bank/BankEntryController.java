package io.billingledger.api.bank;

import io.billingledger.adapter.bank.EntryTexts;
import io.billingledger.api.bank.BankEntryBody.Status;
import io.billingledger.api.bank.BankSuggestions.Placed;
import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.bank.BankCommand.IgnoreEntry;
import io.billingledger.bank.BankCommand.MatchEntry;
import io.billingledger.bank.BankCommand.UnmatchEntry;
import io.billingledger.bank.BankCommand.Wanted;
import io.billingledger.bank.BankRejection.EntryUnknown;
import io.billingledger.bank.BankStatements;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.view.bank.BankEntryRow;
import io.billingledger.view.bank.BankEntryRow.Standing;
import io.billingledger.view.bank.BankRows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The queue of entries, and what people say of them. */
@RestController
@RequestMapping("/api/finance/bank-entries")
@Tag(name = "Bank")
class BankEntryController {
  private final Commands commands;
  private final BankStatements statements;
  private final BankRows rows;
  private final EntryTexts texts;
  private final BankSuggestions suggestions;
  private final EventStore history;

  BankEntryController(
      Commands commands,
      BankStatements statements,
      BankRows rows,
      EntryTexts texts,
      BankSuggestions suggestions,
      EventStore history) {
    this.commands = commands;
    this.statements = statements;
    this.rows = rows;
    this.texts = texts;
    this.suggestions = suggestions;
    this.history = history;
  }

  /**
   * What the entry is for. What is left of it stays open.
   *
   * @param reason may be left out
   */
  record Match(
      @NotEmpty @Size(max = 500) List<@NotNull @Valid Part> invoices,
      @Size(max = 1000) String reason) {}

  /**
   * @param paymentId a payment that is recorded already, which the entry only confirms; left out
   *     when the match shall record it
   */
  record Part(@NotNull InvoiceId invoiceId, @NotNull Money amount, PaymentId paymentId) {}

  record Reason(@NotBlank @Size(max = 1000) String reason) {}

  @GetMapping
  @Operation(
      operationId = "listBankEntries",
      summary = "Entries of all bank statements, the newest statement and the last entry first")
  Page<BankEntryBody> list(
      @RequestParam(name = "status", required = false) Status status,
      @RequestParam(name = "account_id", required = false) BankAccountId account,
      Paging paging) {
    Cursor below = paging.newestFirst();
    String ofAccount = account == null ? null : account.value();
    List<Found> found = new ArrayList<>();
    // What waits is told apart by its suggestions, which no row has: read on until a page is full.
    while (found.size() < paging.fetch()) {
      List<BankEntryRow> read =
          rows.entries(standing(status), ofAccount, below.position(), below.id(), paging.fetch());
      List<BankEntryBody> bodies = suggestions.bodies(read.stream().map(this::placed).toList());
      for (int i = 0; i < read.size(); i++) {
        if (status == null || bodies.get(i).status() == status) {
          found.add(new Found(cursor(read.get(i)), bodies.get(i)));
        }
      }
      if (read.size() < paging.fetch()) {
        break;
      }
      below = cursor(read.getLast());
    }
    return paging
        .page(found.subList(0, Math.min(found.size(), paging.fetch())), Found::cursor)
        .map(Found::body);
  }

  private record Found(Cursor cursor, BankEntryBody body) {}

  @PostMapping("/{id}/match")
  @Operation(
      operationId = "matchBankEntry",
      summary = "Say which invoices an entry is for, and pay them")
  BankEntryBody match(
      @PathVariable BankEntryId id,
      @Valid @RequestBody Match asked,
      Caller caller,
      @Now Instant now) {
    BankStatementId statement = statementOf(id);
    for (int i = 0; i < asked.invoices().size(); i++) {
      InvoiceId invoice = asked.invoices().get(i).invoiceId();
      if (history.lastSequenceNumberFor(invoice.value()).isEmpty()) {
        throw ProblemException.body(
            List.of(
                Problem.Field.body("/invoices/%d/invoice_id".formatted(i), "names no invoice")));
      }
    }
    commands.send(
        new MatchEntry(
            statement,
            id,
            asked.invoices().stream()
                .map(part -> new Wanted(part.invoiceId(), part.amount(), part.paymentId()))
                .toList(),
            asked.reason(),
            caller.actor().name(),
            now),
        caller.actor());
    return after(statement, id);
  }

  @PostMapping("/{id}/unmatch")
  @Operation(
      operationId = "unmatchBankEntry",
      summary = "Take back what was said of an entry, unless it has paid an invoice")
  BankEntryBody unmatch(
      @PathVariable BankEntryId id,
      @Valid @RequestBody Reason asked,
      Caller caller,
      @Now Instant now) {
    BankStatementId statement = statementOf(id);
    commands.send(
        new UnmatchEntry(statement, id, asked.reason(), caller.actor().name(), now),
        caller.actor());
    return after(statement, id);
  }

  @PostMapping("/{id}/ignore")
  @Operation(
      operationId = "ignoreBankEntry",
      summary = "Say that an entry has nothing to do with invoices")
  BankEntryBody ignore(
      @PathVariable BankEntryId id,
      @Valid @RequestBody Reason asked,
      Caller caller,
      @Now Instant now) {
    BankStatementId statement = statementOf(id);
    commands.send(
        new IgnoreEntry(statement, id, asked.reason(), caller.actor().name(), now), caller.actor());
    return after(statement, id);
  }

  private static Standing standing(Status status) {
    return switch (status) {
      case null -> null;
      case UNMATCHED, SUGGESTED -> Standing.OPEN;
      case MATCHED -> Standing.MATCHED;
      case IGNORED -> Standing.IGNORED;
    };
  }

  private static Cursor cursor(BankEntryRow row) {
    return new Cursor(row.createdPosition(), row.lineNo());
  }

  private Placed placed(BankEntryRow row) {
    Imported statement = (Imported) statements.of(new BankStatementId(row.statementId()));
    return new Placed(statement, statement.entry(new BankEntryId(row.id())));
  }

  private BankStatementId statementOf(BankEntryId id) {
    return texts.statementOf(id).orElseThrow(() -> new Rejected(new EntryUnknown(id)));
  }

  /** Without what is personal: answers to commands are kept, to be given again. */
  private BankEntryBody after(BankStatementId statement, BankEntryId id) {
    Imported imported = (Imported) statements.of(statement);
    return BankEntryBody.of(imported, imported.entry(id), null, List.of());
  }
}
