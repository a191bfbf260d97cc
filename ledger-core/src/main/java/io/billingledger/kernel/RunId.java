package io.billingledger.kernel;

/** Id of an operational run. */
public record RunId(String value) implements Id {
  private static final String PREFIX = "run_";

  public RunId {
    Ids.require(value, PREFIX);
  }

  public static RunId next() {
    return new RunId(Ids.next(PREFIX));
  }

  public static RunId derive(Object... causes) {
    return new RunId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
