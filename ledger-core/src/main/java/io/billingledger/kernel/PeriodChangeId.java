package io.billingledger.kernel;

/** Id of a change of an accounting month that somebody asks for. */
public record PeriodChangeId(String value) implements Id {
  private static final String PREFIX = "pch_";

  public PeriodChangeId {
    Ids.require(value, PREFIX);
  }

  public static PeriodChangeId derive(Object... causes) {
    return new PeriodChangeId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
