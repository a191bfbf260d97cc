package io.billingledger.journal;

import io.billingledger.kernel.CalendarId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PeriodChangeId;
import java.time.Instant;
import java.time.LocalDate;

/** What happened to an accounting calendar. A month is named by its last day. */
public sealed interface CalendarEvent extends LedgerEvent {
  CalendarId calendarId();

  String legalEntityId();

  LocalDate monthEnd();

  Instant at();

  /**
   * @param changeId what an approval names; of requests from before there was one it is derived
   */
  @EventType(name = "period.change-requested")
  record PeriodChangeRequested(
      CalendarId calendarId,
      String legalEntityId,
      LocalDate monthEnd,
      PeriodChange change,
      String reason,
      String by,
      Instant at,
      PeriodChangeId changeId)
      implements CalendarEvent {

    /** Never null. */
    public PeriodChangeId id() {
      return changeId == null
          ? PeriodChangeId.derive(calendarId, monthEnd, change, by, at)
          : changeId;
    }
  }

  @EventType(name = "period.change-rejected")
  record PeriodChangeRejected(
      CalendarId calendarId,
      String legalEntityId,
      LocalDate monthEnd,
      PeriodChange change,
      String reason,
      String by,
      Instant at)
      implements CalendarEvent {}

  /**
   * @param books which every rebuild must reproduce
   */
  @EventType(name = "period.closed")
  record PeriodClosed(
      CalendarId calendarId,
      String legalEntityId,
      LocalDate monthEnd,
      MonthBooks books,
      String requestedBy,
      String by,
      Instant at)
      implements CalendarEvent {}

  @EventType(name = "period.locked")
  record PeriodLocked(
      CalendarId calendarId,
      String legalEntityId,
      LocalDate monthEnd,
      String requestedBy,
      String by,
      Instant at)
      implements CalendarEvent {}

  @EventType(name = "period.reopened")
  record PeriodReopened(
      CalendarId calendarId,
      String legalEntityId,
      LocalDate monthEnd,
      String requestedBy,
      String by,
      Instant at)
      implements CalendarEvent {}
}
