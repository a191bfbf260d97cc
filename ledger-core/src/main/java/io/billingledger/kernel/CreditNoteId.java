package io.billingledger.kernel;

/** Id of a credit note; its number is another thing. */
public record CreditNoteId(String value) implements Id {
  private static final String PREFIX = "cn_";

  public CreditNoteId {
    Ids.require(value, PREFIX);
  }

  public static CreditNoteId next() {
    return new CreditNoteId(Ids.next(PREFIX));
  }

  public static CreditNoteId derive(Object... causes) {
    return new CreditNoteId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
