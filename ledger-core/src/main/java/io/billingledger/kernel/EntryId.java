package io.billingledger.kernel;

/** Id of a journal entry, derived from the event that caused it. */
public record EntryId(String value) implements Id {
  private static final String PREFIX = "ent_";

  public EntryId {
    Ids.require(value, PREFIX);
  }

  public static EntryId next() {
    return new EntryId(Ids.next(PREFIX));
  }

  public static EntryId derive(Object... causes) {
    return new EntryId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
