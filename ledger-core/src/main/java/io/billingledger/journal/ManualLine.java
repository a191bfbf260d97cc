package io.billingledger.journal;

import org.joda.money.Money;

/**
 * One side of an entry that a person makes.
 *
 * @param detail which of the accounts of this kind; empty where there is one
 * @param amount a debit is positive
 */
public record ManualLine(Account account, String detail, Money amount) {

  ManualLine negated() {
    return new ManualLine(account, detail, amount.negated());
  }
}
