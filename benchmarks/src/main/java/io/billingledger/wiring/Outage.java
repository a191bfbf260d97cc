package io.billingledger.wiring;

import java.time.Instant;
import org.springframework.context.ApplicationContext;

/**
 * Lets sandbox time pass as it passes while nobody looks at deadlines, so that a run finds all of
 * them due: it lives in this package to reach the clock.
 */
public final class Outage {
  private Outage() {}

  public static void until(Instant instant, ApplicationContext ledger) {
    ledger.getBean(LedgerClock.class).moveTo(instant);
  }
}
