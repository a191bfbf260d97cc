package io.billingledger.seller;

import org.joda.money.CurrencyUnit;

/**
 * Where customers pay.
 *
 * @param swift null where there is none
 * @param currency what it is for; null for any
 */
public record BankAccount(
    String bank, String holder, String number, String swift, CurrencyUnit currency) {

  boolean takes(CurrencyUnit paid) {
    return currency == null || currency.equals(paid);
  }
}
