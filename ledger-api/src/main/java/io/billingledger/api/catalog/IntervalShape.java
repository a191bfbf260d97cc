package io.billingledger.api.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/**
 * How long a cycle is.
 *
 * @param days of ROLLING_DAYS: 1 to 3660
 * @param months of CALENDAR_MONTHS: 1, 3, 6, 12, 24 or 36
 * @param anchorDay of CALENDAR_MONTHS: 1 to 31; null takes the day on which the first cycle starts
 */
@Schema(name = "Interval")
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntervalShape(@NotNull Kind kind, Integer days, Integer months, Integer anchorDay) {
  enum Kind {
    ROLLING_DAYS,
    CALENDAR_MONTHS
  }

  IntervalShape {
    if (kind == Kind.ROLLING_DAYS && (days == null || months != null || anchorDay != null)) {
      throw new IllegalArgumentException("has days and nothing else when it is ROLLING_DAYS");
    }
    if (kind == Kind.CALENDAR_MONTHS && (months == null || days != null)) {
      throw new IllegalArgumentException(
          "has months, and maybe an anchor_day, when it is CALENDAR_MONTHS");
    }
    if (kind != null) {
      interval(kind, days, months, anchorDay);
    }
  }

  static IntervalShape of(BillingInterval interval) {
    return switch (interval) {
      case RollingDays(int length) -> new IntervalShape(Kind.ROLLING_DAYS, length, null, null);
      case CalendarMonths(int length, Integer anchor) ->
          new IntervalShape(Kind.CALENDAR_MONTHS, null, length, anchor);
    };
  }

  BillingInterval interval() {
    return interval(kind, days, months, anchorDay);
  }

  private static BillingInterval interval(
      Kind kind, Integer days, Integer months, Integer anchorDay) {
    return switch (kind) {
      case ROLLING_DAYS -> new RollingDays(days);
      case CALENDAR_MONTHS -> new CalendarMonths(months, anchorDay);
    };
  }
}
