package io.billingledger.wiring;

import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock; event timestamps come from it too. */
@Configuration(proxyBeanMethods = false)
class ClockWiring {

  /** Real time in microseconds, which is what PostgreSQL keeps. */
  @Bean
  Clock ledgerClock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }

  @Bean
  InitializingBean eventsCarryLedgerTime(Clock ledgerClock) {
    return () -> GenericEventMessage.clock = ledgerClock;
  }
}
