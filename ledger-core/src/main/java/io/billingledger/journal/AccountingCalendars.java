package io.billingledger.journal;

/** The accounting calendars as all events so far make them. */
public interface AccountingCalendars {

  AccountingPeriods of(String legalEntityId);

  /**
   * The same, and until the end of the transaction no month is closed or opened: for entries that
   * name their day themselves.
   */
  AccountingPeriods held(String legalEntityId);

  /** Until the end of the transaction nobody posts by {@link #held}, nor changes a month. */
  AccountingPeriods closing(String legalEntityId);
}
