package io.billingledger.kernel;

/** Id of a plan with all its price versions. */
public record PlanId(String value) implements Id {
  private static final String PREFIX = "pln_";

  public PlanId {
    Ids.require(value, PREFIX);
  }

  public static PlanId next() {
    return new PlanId(Ids.next(PREFIX));
  }

  public static PlanId derive(Object... causes) {
    return new PlanId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
