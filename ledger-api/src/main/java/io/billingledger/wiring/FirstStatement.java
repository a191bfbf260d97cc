package io.billingledger.wiring;

import java.util.function.Function;

/** Saves a transaction the round trip that tells PostgreSQL its scope. */
public interface FirstStatement {

  /**
   * @param statement the transaction's first: given the scope, it tells it to PostgreSQL itself
   * @throws IllegalStateException outside a transaction
   */
  <T> T tellingScope(Function<String, T> statement);
}
