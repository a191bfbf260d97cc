package io.billingledger.kernel;

/**
 * Carries a {@link Rejection} out of a decision. The only exception that is a business answer: any
 * other one is a fault, to be retried or parked.
 */
public final class Rejected extends RuntimeException {
  private final transient Rejection rejection;

  public Rejected(Rejection rejection) {
    super(rejection.code() + ": " + rejection.detail(), null, false, false);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
