package io.billingledger.kernel;

/** Id of a subscription of a tenant to a product. */
public record SubscriptionId(String value) implements Id {
  private static final String PREFIX = "sub_";

  public SubscriptionId {
    Ids.require(value, PREFIX);
  }

  public static SubscriptionId next() {
    return new SubscriptionId(Ids.next(PREFIX));
  }

  public static SubscriptionId derive(Object... causes) {
    return new SubscriptionId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
