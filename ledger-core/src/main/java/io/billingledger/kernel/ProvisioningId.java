package io.billingledger.kernel;

/** Id of a tenant's provisioning; shares the tenant's ULID. */
public record ProvisioningId(String value) implements Id {
  private static final String PREFIX = "prv_";

  public ProvisioningId {
    Ids.require(value, PREFIX);
  }

  public static ProvisioningId of(TenantId tenant) {
    return new ProvisioningId(PREFIX + Ids.ulid(tenant.value()));
  }

  @Override
  public String toString() {
    return value;
  }
}
