package io.billingledger.wiring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The one clock. Real time in microseconds, which is what PostgreSQL keeps; or, for sandboxes and
 * tests, a position that stands still until {@link TestClock} moves it, and only forward.
 */
public final class LedgerClock extends Clock {
  private static final Clock REAL = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

  /** Null: real time. */
  private volatile Instant position;

  private LedgerClock(Instant position) {
    this.position = position;
  }

  static LedgerClock real() {
    return new LedgerClock(null);
  }

  static LedgerClock standingAt(Instant position) {
    return new LedgerClock(position);
  }

  @Override
  public Instant instant() {
    Instant at = position;
    return at == null ? REAL.instant() : at;
  }

  void moveTo(Instant to) {
    if (position == null) {
      throw new IllegalStateException("real time is not moved");
    }
    if (to.isBefore(position)) {
      throw new IllegalArgumentException("time does not go back from " + position + " to " + to);
    }
    position = to;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    InstantSource source = this::instant;
    return source.withZone(zone);
  }
}
