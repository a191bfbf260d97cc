package io.billingledger.kernel;

/** Id of a tax rule. */
public record TaxRuleId(String value) implements Id {
  private static final String PREFIX = "txr_";

  public TaxRuleId {
    Ids.require(value, PREFIX);
  }

  public static TaxRuleId derive(Object... causes) {
    return new TaxRuleId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
