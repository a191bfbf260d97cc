package io.billingledger.kernel;

/** Id of an account of ours at a bank: one currency, so a number has one for each. */
public record BankAccountId(String value) implements Id {
  private static final String PREFIX = "bac_";

  public BankAccountId {
    Ids.require(value, PREFIX);
  }

  public static BankAccountId derive(Object... causes) {
    return new BankAccountId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
