package io.billingledger.journal;

/** The chart of accounts, first form. A debit is positive everywhere. */
public enum Account {
  RECEIVABLE("1100", true),
  CASH("1000", true),
  DEFERRED_REVENUE("2200", false),
  TAX_PAYABLE("2100", false),
  CUSTOMER_CREDIT("2300", false),
  /** What was given away: credit that nobody has paid for. */
  DISCOUNTS("4900", true),
  BAD_DEBT("6100", true),
  ROUNDING("6900", true);

  private final String number;
  private final boolean debitNormal;

  Account(String number, boolean debitNormal) {
    this.number = number;
    this.debitNormal = debitNormal;
  }

  public String number() {
    return number;
  }

  /** Whether its balance is usually a debit. */
  public boolean debitNormal() {
    return debitNormal;
  }
}
