package io.billingledger.bank;

import io.billingledger.kernel.BankStatementId;

/** Answers what is known of a statement, from its own history. */
public interface BankStatements {
  /** {@link StatementState#NONE} where none was imported. */
  StatementState of(BankStatementId id);
}
