package io.billingledger.journal;

import java.util.List;
import org.joda.money.Money;

/**
 * The books of a month as they stand.
 *
 * @param digest in hexadecimal, as {@link PeriodDigest} makes it
 * @param entries how many there are
 * @param movements of each account that was posted to in the month
 */
public record MonthBooks(String digest, int entries, List<Movement> movements) {

  /**
   * @param debit and {@code credit} not negative
   */
  public record Movement(Account account, String detail, Money debit, Money credit) {}

  public MonthBooks {
    movements = List.copyOf(movements);
  }
}
