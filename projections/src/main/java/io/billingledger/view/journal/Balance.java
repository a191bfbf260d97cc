package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import org.joda.money.Money;

/**
 * An account's sums at a moment.
 *
 * @param credit not negative
 */
public record Balance(Account account, Money debit, Money credit) {

  /** Positive when it is a debit. */
  public Money net() {
    return debit.minus(credit);
  }
}
