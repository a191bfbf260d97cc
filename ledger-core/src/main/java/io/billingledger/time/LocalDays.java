package io.billingledger.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Between instants and the local dates on which billing decides. */
public final class LocalDays {
  private LocalDays() {}

  /** The instant at which the date begins there, also where clocks skip midnight. */
  public static Instant startOf(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }

  public static Instant at(LocalDate date, LocalTime time, ZoneId zone) {
    return date.atTime(time).atZone(zone).toInstant();
  }

  public static LocalDate dateOf(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toLocalDate();
  }

  /** The first beginning of a local date that is not before the instant. */
  public static Instant nextStartOfDay(Instant instant, ZoneId zone) {
    LocalDate date = dateOf(instant, zone);
    Instant start = startOf(date, zone);
    return start.equals(instant) ? instant : startOf(date.plusDays(1), zone);
  }
}
