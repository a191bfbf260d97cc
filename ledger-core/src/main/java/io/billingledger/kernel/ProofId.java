package io.billingledger.kernel;

/** Id of a proof of payment that a tenant handed in. */
public record ProofId(String value) implements Id {
  private static final String PREFIX = "prf_";

  public ProofId {
    Ids.require(value, PREFIX);
  }

  public static ProofId next() {
    return new ProofId(Ids.next(PREFIX));
  }

  public static ProofId derive(Object... causes) {
    return new ProofId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
