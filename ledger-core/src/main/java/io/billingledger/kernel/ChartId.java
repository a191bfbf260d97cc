package io.billingledger.kernel;

/** Id of the chart of accounts of a legal entity. */
public record ChartId(String value) implements Id {
  private static final String PREFIX = "coa_";

  public ChartId {
    Ids.require(value, PREFIX);
  }

  /** Each legal entity has one. */
  public static ChartId of(String legalEntityId) {
    return derive("legal-entity", legalEntityId);
  }

  public static ChartId derive(Object... causes) {
    return new ChartId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
