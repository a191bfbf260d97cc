package io.billingledger.kernel;

/** Id of a recorded payment. */
public record PaymentId(String value) implements Id {
  private static final String PREFIX = "pay_";

  public PaymentId {
    Ids.require(value, PREFIX);
  }

  public static PaymentId next() {
    return new PaymentId(Ids.next(PREFIX));
  }

  public static PaymentId derive(Object... causes) {
    return new PaymentId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
