package io.billingledger.kernel;

import java.util.Optional;

/** Seals personal data under a key per tenant, and opens it while that key exists. */
public interface Vault {
  Sealed seal(TenantId tenant, String plain);

  /** Empty once the tenant's key was erased. */
  Optional<String> open(TenantId tenant, Sealed sealed);

  /** Erases the tenant's key, and with it for ever all that was sealed under it. */
  void erase(TenantId tenant);
}
