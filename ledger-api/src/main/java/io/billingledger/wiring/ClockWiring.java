package io.billingledger.wiring;

import java.time.Clock;
import org.axonframework.eventhandling.GenericEventMessage;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock; event timestamps and db-scheduler's idea of what is due come from it too. */
@Configuration(proxyBeanMethods = false)
class ClockWiring {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(
      name = TestClockWiring.ENABLED,
      havingValue = "false",
      matchIfMissing = true)
  static class RealTime {
    @Bean
    LedgerClock ledgerClock() {
      return LedgerClock.real();
    }

    @Bean
    ClockGate clockGate() {
      return ClockGate.open();
    }
  }

  @Bean
  com.github.kagkarlsson.scheduler.Clock dbSchedulerClock(LedgerClock ledgerClock) {
    return ledgerClock::instant;
  }

  @Bean
  InitializingBean eventsCarryLedgerTime(Clock ledgerClock) {
    return () -> GenericEventMessage.clock = ledgerClock;
  }
}
