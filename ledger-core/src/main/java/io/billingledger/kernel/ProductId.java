package io.billingledger.kernel;

/** Id of a product, the thing that plans put a price on. */
public record ProductId(String value) implements Id {
  private static final String PREFIX = "prd_";

  public ProductId {
    Ids.require(value, PREFIX);
  }

  public static ProductId next() {
    return new ProductId(Ids.next(PREFIX));
  }

  public static ProductId derive(Object... causes) {
    return new ProductId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
