package io.billingledger.kernel;

/** Id of the book that tax rules are written in; there is one. */
public record TaxBookId(String value) implements Id {
  private static final String PREFIX = "txb_";

  public TaxBookId {
    Ids.require(value, PREFIX);
  }

  /** The book of this ledger. */
  public static TaxBookId only() {
    return derive("tax-book");
  }

  public static TaxBookId derive(Object... causes) {
    return new TaxBookId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
