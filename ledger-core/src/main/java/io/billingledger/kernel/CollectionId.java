package io.billingledger.kernel;

/** Id of the dunning history of an invoice; shares the invoice's ULID. */
public record CollectionId(String value) implements Id {
  private static final String PREFIX = "col_";

  public CollectionId {
    Ids.require(value, PREFIX);
  }

  public static CollectionId of(InvoiceId invoice) {
    return new CollectionId(PREFIX + Ids.ulid(invoice.value()));
  }

  @Override
  public String toString() {
    return value;
  }
}
