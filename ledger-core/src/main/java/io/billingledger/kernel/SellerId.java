package io.billingledger.kernel;

/** Id of what is known of a legal entity as the seller on documents. */
public record SellerId(String value) implements Id {
  private static final String PREFIX = "sel_";

  public SellerId {
    Ids.require(value, PREFIX);
  }

  /** Each legal entity has one. */
  public static SellerId of(String legalEntityId) {
    return derive("legal-entity", legalEntityId);
  }

  public static SellerId derive(Object... causes) {
    return new SellerId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
