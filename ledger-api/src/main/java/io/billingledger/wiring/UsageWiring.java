package io.billingledger.wiring;

import io.billingledger.kernel.Commands;
import io.billingledger.metering.UsageSealer;
import io.billingledger.metering.UsageStore;
import io.billingledger.metering.UsageVerification;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store of usage and who seals it. */
@Configuration(proxyBeanMethods = false)
class UsageWiring {

  @Bean
  UsageStore usageStore(JdbcTemplate database) {
    return new UsageStore(database);
  }

  @Bean
  UsageVerification usageVerification(JdbcTemplate database) {
    return new UsageVerification(database);
  }

  @Bean
  UsageSealer usageSealer(
      JdbcTemplate database,
      Commands commands,
      UnitsOfWork units,
      Clock clock,
      @Value("${ledger.usage.seal-every}") Duration pause) {
    return new UsageSealer(database, commands, units, clock, pause);
  }
}
