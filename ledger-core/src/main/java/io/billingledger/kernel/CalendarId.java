package io.billingledger.kernel;

/** Id of the accounting calendar of a legal entity. */
public record CalendarId(String value) implements Id {
  private static final String PREFIX = "cal_";

  public CalendarId {
    Ids.require(value, PREFIX);
  }

  /** Each legal entity has one. */
  public static CalendarId of(String legalEntityId) {
    return derive("legal-entity", legalEntityId);
  }

  public static CalendarId derive(Object... causes) {
    return new CalendarId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
