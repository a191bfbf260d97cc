package io.billingledger.kernel;

/**
 * Personal data as it stands in events: encrypted under its tenant's key by {@link Vault}. Erasing
 * the key erases the data; digests over it stay valid.
 */
public record Sealed(String ciphertext) {
  @Override
  public String toString() {
    return "sealed";
  }
}
