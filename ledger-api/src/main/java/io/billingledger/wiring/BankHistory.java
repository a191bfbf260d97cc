package io.billingledger.wiring;

import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankStatements;
import io.billingledger.bank.StatementState;
import io.billingledger.kernel.BankStatementId;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Bank statements as their own history tells them. */
@Component
class BankHistory implements BankStatements {
  private final Histories<StatementState> statements;

  BankHistory(EventStore store) {
    this.statements =
        new Histories<>(
            store, StatementState.NONE, (state, event) -> state.evolve((StatementEvent) event));
  }

  @Override
  public StatementState of(BankStatementId id) {
    return statements.of(id.value()).orElse(StatementState.NONE);
  }
}
