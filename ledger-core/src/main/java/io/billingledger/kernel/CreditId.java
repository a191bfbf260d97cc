package io.billingledger.kernel;

/** Id of a tenant's credit balance; shares the tenant's ULID. */
public record CreditId(String value) implements Id {
  private static final String PREFIX = "crd_";

  public CreditId {
    Ids.require(value, PREFIX);
  }

  public static CreditId of(TenantId tenant) {
    return new CreditId(PREFIX + Ids.ulid(tenant.value()));
  }

  @Override
  public String toString() {
    return value;
  }
}
