package io.billingledger.credit;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditCommand.GiveCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditCommand.TakeBackCredit;
import io.billingledger.credit.CreditRejection.CreditCurrencyMismatch;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.Rejected;
import io.billingledger.tenant.BillingProfiles;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Axon's shell around {@link CreditState}; the first grant creates it. */
public class Credit {
  @AggregateIdentifier private CreditId id;
  private CreditState state = CreditState.NONE;

  public Credit() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(GrantCredit command) {
    Applied.to(command.tenantId(), state.decide(command));
  }

  @CommandHandler
  public Money handle(DrawCredit command) {
    Applied.to(state.tenantId(), state.decide(command));
    return state.drawnBy(command.invoiceId(), command.upTo().getCurrencyUnit());
  }

  @CommandHandler
  public void handle(ReturnCredit command) {
    Applied.to(state.tenantId(), state.decide(command));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(GiveCredit command, BillingProfiles profiles) {
    CurrencyUnit currency = profiles.of(command.tenantId()).currency();
    if (!command.amount().getCurrencyUnit().equals(currency)) {
      throw new Rejected(new CreditCurrencyMismatch(command.amount(), currency));
    }
    Applied.to(command.tenantId(), state.decide(command));
  }

  /** Answers with the {@link Instant} at which more expires, if ever. */
  @CommandHandler
  public Optional<Instant> handle(ExpireCredit command) {
    Applied.to(state.tenantId(), state.decide(command));
    return state.nextExpiry();
  }

  @CommandHandler
  public void handle(TakeBackCredit command) {
    Applied.to(state.tenantId(), state.decide(command));
  }

  @EventSourcingHandler
  void on(CreditEvent event) {
    id = event.creditId();
    state = state.evolve(event);
  }
}
