package io.billingledger.kernel;

/** Id of a notice, derived from its invoice and step. */
public record NoticeId(String value) implements Id {
  private static final String PREFIX = "ntc_";

  public NoticeId {
    Ids.require(value, PREFIX);
  }

  public static NoticeId next() {
    return new NoticeId(Ids.next(PREFIX));
  }

  public static NoticeId derive(Object... causes) {
    return new NoticeId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
