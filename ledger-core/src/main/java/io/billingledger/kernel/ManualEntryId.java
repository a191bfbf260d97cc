package io.billingledger.kernel;

/** Id of an entry that a person makes. */
public record ManualEntryId(String value) implements Id {
  private static final String PREFIX = "man_";

  public ManualEntryId {
    Ids.require(value, PREFIX);
  }

  public static ManualEntryId derive(Object... causes) {
    return new ManualEntryId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
