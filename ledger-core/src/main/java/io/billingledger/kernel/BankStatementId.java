package io.billingledger.kernel;

/** Id of a statement of a bank account. */
public record BankStatementId(String value) implements Id {
  private static final String PREFIX = "bst_";

  public BankStatementId {
    Ids.require(value, PREFIX);
  }

  public static BankStatementId derive(Object... causes) {
    return new BankStatementId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
