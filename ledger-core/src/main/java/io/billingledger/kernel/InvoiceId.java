package io.billingledger.kernel;

/** Id of an invoice; its number is another thing. */
public record InvoiceId(String value) implements Id {
  private static final String PREFIX = "inv_";

  public InvoiceId {
    Ids.require(value, PREFIX);
  }

  public static InvoiceId next() {
    return new InvoiceId(Ids.next(PREFIX));
  }

  public static InvoiceId derive(Object... causes) {
    return new InvoiceId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
