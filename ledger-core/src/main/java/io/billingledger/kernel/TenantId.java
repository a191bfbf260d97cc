package io.billingledger.kernel;

/** Id of a tenant: whom the platform bills. */
public record TenantId(String value) implements Id {
  private static final String PREFIX = "ten_";

  public TenantId {
    Ids.require(value, PREFIX);
  }

  public static TenantId next() {
    return new TenantId(Ids.next(PREFIX));
  }

  public static TenantId derive(Object... causes) {
    return new TenantId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
