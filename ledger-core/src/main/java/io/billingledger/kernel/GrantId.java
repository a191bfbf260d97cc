package io.billingledger.kernel;

/** Id of credit that a person gave. */
public record GrantId(String value) implements Id {
  private static final String PREFIX = "grt_";

  public GrantId {
    Ids.require(value, PREFIX);
  }

  public static GrantId next() {
    return new GrantId(Ids.next(PREFIX));
  }

  public static GrantId derive(Object... causes) {
    return new GrantId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
