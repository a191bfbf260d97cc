package io.billingledger.kernel;

/** Id of a break, derived from the check that found it and what is broken. */
public record BreakId(String value) implements Id {
  private static final String PREFIX = "brk_";

  public BreakId {
    Ids.require(value, PREFIX);
  }

  public static BreakId derive(Object... causes) {
    return new BreakId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
