package io.billingledger.journal;

import java.util.Objects;
import org.joda.money.Money;

/**
 * One side of an entry.
 *
 * @param detail which of the accounts of this kind: see {@link Account}; empty where there is one
 * @param amount positive debits the account, negative credits it; never zero
 */
public record Posting(Account account, String detail, Money amount) {
  public Posting {
    Objects.requireNonNull(detail, "detail");
    if (amount.isZero()) {
      throw new IllegalArgumentException("a posting moves money");
    }
  }
}
