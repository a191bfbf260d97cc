package io.billingledger.journal;

import org.joda.money.Money;

/**
 * One side of an entry.
 *
 * @param amount positive debits the account, negative credits it; never zero
 */
public record Posting(Account account, Money amount) {
  public Posting {
    if (amount.isZero()) {
      throw new IllegalArgumentException("a posting moves money");
    }
  }
}
