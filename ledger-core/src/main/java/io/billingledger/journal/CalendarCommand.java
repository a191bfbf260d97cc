package io.billingledger.journal;

import io.billingledger.kernel.CalendarId;
import io.billingledger.kernel.PeriodChangeId;
import java.time.Instant;
import java.time.YearMonth;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an accounting calendar; each change takes two people. */
public sealed interface CalendarCommand {

  /**
   * @param first the first month with an entry; null while there is none
   * @param over whether the month has ended, some time ago, in the legal entity's zone
   */
  record RequestPeriodChange(
      @TargetAggregateIdentifier CalendarId calendarId,
      String legalEntityId,
      YearMonth month,
      PeriodChangeId changeId,
      PeriodChange change,
      YearMonth first,
      boolean over,
      String reason,
      String by,
      Instant at)
      implements CalendarCommand {}

  /**
   * @param changeId the change that was read by whoever approves
   * @param books as they stand now; only of a month that is to be closed
   */
  record ApprovePeriodChange(
      @TargetAggregateIdentifier CalendarId calendarId,
      YearMonth month,
      PeriodChangeId changeId,
      MonthBooks books,
      String by,
      Instant at)
      implements CalendarCommand {}

  /** By anybody, also by whoever asked. */
  record RejectPeriodChange(
      @TargetAggregateIdentifier CalendarId calendarId,
      YearMonth month,
      String reason,
      String by,
      Instant at)
      implements CalendarCommand {}
}
