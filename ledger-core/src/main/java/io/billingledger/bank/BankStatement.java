package io.billingledger.bank;

import io.billingledger.bank.BankCommand.IgnoreEntry;
import io.billingledger.bank.BankCommand.ImportStatement;
import io.billingledger.bank.BankCommand.MatchEntry;
import io.billingledger.bank.BankCommand.UnmatchEntry;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankRejection.MatchPaymentDiffers;
import io.billingledger.bank.BankRejection.MatchPaymentUnknown;
import io.billingledger.bank.BankRejection.PaymentMatchedAlready;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Rejected;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.joda.money.Money;

/**
 * Axon's shell around {@link StatementState}. A stream for each statement, not for each account: it
 * never grows beyond what the bank sent as one.
 */
public class BankStatement {
  @AggregateIdentifier private BankStatementId id;
  private StatementState state = StatementState.NONE;

  public BankStatement() {}

  /** The first statement that a place of a file was imported as holds it. */
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ImportStatement command, Claims claims) {
    String holder =
        claims.claim(
            Claims.Kind.BANK_FILE,
            command.fileSha256() + "/" + command.placeInFile(),
            command.statementId().value());
    state.decide(command, new BankStatementId(holder)).forEach(AggregateLifecycle::apply);
  }

  /** The match and the payments stand or fall together. */
  @CommandHandler
  public void handle(MatchEntry command, Receipts receipts, Claims claims) {
    for (StatementEvent event : state.decide(command)) {
      AggregateLifecycle.apply(event);
      if (event instanceof EntryMatched matched) {
        matched.invoices().forEach(part -> settle(matched, part, receipts, claims));
      }
    }
  }

  private void settle(EntryMatched matched, Allocation part, Receipts receipts, Claims claims) {
    BankEntry entry = ((Imported) state).entry(matched.entryId());
    if (!part.recordedBefore()) {
      receipts.pay(
          part.invoiceId(),
          part.paymentId(),
          part.amount(),
          reference(entry),
          entry.bookedOn(),
          matched.at());
      return;
    }
    Money recorded =
        receipts
            .recorded(part.invoiceId(), part.paymentId())
            .orElseThrow(
                () -> new Rejected(new MatchPaymentUnknown(part.paymentId(), part.invoiceId())));
    if (!recorded.equals(part.amount())) {
      throw new Rejected(new MatchPaymentDiffers(recorded, part.amount()));
    }
    String holder =
        claims.claim(Claims.Kind.BANK_PAYMENT, part.paymentId().value(), matched.entryId().value());
    if (!holder.equals(matched.entryId().value())) {
      throw new Rejected(new PaymentMatchedAlready(part.paymentId(), holder));
    }
  }

  /** The bank's own, which names nobody. */
  private String reference(BankEntry entry) {
    return entry.reference() == null
        ? ((Imported) state).statement().number() + "/" + entry.lineNo()
        : entry.reference();
  }

  @CommandHandler
  public void handle(IgnoreEntry command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  /** Payments that were recorded otherwise can be matched with another entry again. */
  @CommandHandler
  public void handle(UnmatchEntry command, Claims claims) {
    List<StatementEvent> events = state.decide(command);
    BankEntryId entry = command.entryId();
    Imported statement = (Imported) state;
    statement
        .standing(statement.entry(entry))
        .matched()
        .forEach(
            part ->
                claims.release(Claims.Kind.BANK_PAYMENT, part.paymentId().value(), entry.value()));
    events.forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(StatementEvent event) {
    id = event.statementId();
    state = state.evolve(event);
  }
}
