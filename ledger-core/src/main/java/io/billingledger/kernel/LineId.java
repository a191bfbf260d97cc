package io.billingledger.kernel;

/** Id of a line of an invoice. */
public record LineId(String value) implements Id {
  private static final String PREFIX = "lin_";

  public LineId {
    Ids.require(value, PREFIX);
  }

  public static LineId next() {
    return new LineId(Ids.next(PREFIX));
  }

  public static LineId derive(Object... causes) {
    return new LineId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
