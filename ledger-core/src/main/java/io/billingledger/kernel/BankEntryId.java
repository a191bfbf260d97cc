package io.billingledger.kernel;

/** Id of an entry on a bank statement. */
public record BankEntryId(String value) implements Id {
  private static final String PREFIX = "ben_";

  public BankEntryId {
    Ids.require(value, PREFIX);
  }

  public static BankEntryId derive(Object... causes) {
    return new BankEntryId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
