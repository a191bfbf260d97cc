package io.billingledger.kernel;

/** Id of a requested change of plan. */
public record PlanChangeId(String value) implements Id {
  private static final String PREFIX = "chg_";

  public PlanChangeId {
    Ids.require(value, PREFIX);
  }

  public static PlanChangeId next() {
    return new PlanChangeId(Ids.next(PREFIX));
  }

  public static PlanChangeId derive(Object... causes) {
    return new PlanChangeId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
