package io.billingledger.journal;

/**
 * What an account is for. Together with a detail (a channel, a product, a tax) it is one account of
 * the books; the chart of accounts says which number and name it has there. A debit is positive
 * everywhere.
 */
public enum Account {
  /** Detail: the payment method. */
  CASH("1000", true),
  /** Money that a gateway has and not yet paid out. Detail: the gateway. */
  CLEARING("1050", true),
  RECEIVABLE("1100", true),
  /** Detail: the code of finance's own account, as in all the others of this name. */
  OTHER_ASSET("1900", true),
  /** Detail: the tax rule's name. */
  TAX_PAYABLE("2100", false),
  /** Invoiced and not yet earned. Detail: the product's code. */
  DEFERRED_REVENUE("2200", false),
  CUSTOMER_CREDIT("2300", false),
  OTHER_LIABILITY("2900", false),
  EQUITY("3000", false),
  /** Earned. Detail: the product's code. */
  REVENUE("4000", false),
  /** What was given away: credit that nobody has paid for. */
  DISCOUNTS("4900", true),
  OTHER_INCOME("5900", false),
  BAD_DEBT("6100", true),
  /** Small differences that nobody is asked for. */
  WRITE_OFF("6200", true),
  ROUNDING("6900", true),
  OTHER_EXPENSE("6990", true);

  private final String number;
  private final boolean debitNormal;

  Account(String number, boolean debitNormal) {
    this.number = number;
    this.debitNormal = debitNormal;
  }

  /** In the chart that nobody has changed. */
  public String number() {
    return number;
  }

  /** Whether its balance is usually a debit. */
  public boolean debitNormal() {
    return debitNormal;
  }
}
