package io.billingledger.kernel;

/** Id of a usage record. */
public record UsageId(String value) implements Id {
  private static final String PREFIX = "usg_";

  public UsageId {
    Ids.require(value, PREFIX);
  }

  public static UsageId next() {
    return new UsageId(Ids.next(PREFIX));
  }

  public static UsageId derive(Object... causes) {
    return new UsageId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
