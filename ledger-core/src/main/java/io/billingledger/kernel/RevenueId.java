package io.billingledger.kernel;

/** Id of a tenant's recognised revenue; shares the tenant's ULID. */
public record RevenueId(String value) implements Id {
  private static final String PREFIX = "rev_";

  public RevenueId {
    Ids.require(value, PREFIX);
  }

  public static RevenueId of(TenantId tenant) {
    return new RevenueId(PREFIX + Ids.ulid(tenant.value()));
  }

  @Override
  public String toString() {
    return value;
  }
}
