package io.billingledger.wiring;

import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.Commands;
import io.billingledger.metering.MeteredSubscriptions;
import io.billingledger.metering.StoredQuantities;
import io.billingledger.metering.UsageCorrections;
import io.billingledger.metering.UsageIntake;
import io.billingledger.metering.UsageRebilling;
import io.billingledger.metering.UsageSealer;
import io.billingledger.metering.UsageSpans;
import io.billingledger.metering.UsageStore;
import io.billingledger.metering.UsageVerification;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store of usage and who seals it. */
@Configuration(proxyBeanMethods = false)
class UsageWiring {

  @Bean
  UsageStore usageStore(JdbcTemplate database) {
    return new UsageStore(database);
  }

  @Bean
  MeteredSubscriptions meteredSubscriptions(JdbcTemplate database) {
    return new MeteredSubscriptions(database);
  }

  @Bean
  UsageIntake usageIntake(UsageStore store, MeteredSubscriptions subscriptions, Commands commands) {
    return new UsageIntake(store, subscriptions, commands);
  }

  @Bean
  UsageSpans usageSpans(JdbcTemplate database, @Lazy Commands commands) {
    return new UsageSpans(database, commands);
  }

  @Bean
  UsageCorrections usageCorrections(
      UsageStore store, MeteredSubscriptions subscriptions, UsageSpans spans) {
    return new UsageCorrections(store, subscriptions, spans);
  }

  @Bean
  StoredQuantities usedQuantities(JdbcTemplate database, UsageSpans spans) {
    return new StoredQuantities(database, spans);
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

  /** A movable clock drives it, and then nothing else. */
  @Bean
  UsageRebilling usageRebilling(
      JdbcTemplate database,
      UsageSpans spans,
      StoredQuantities quantities,
      EventStore store,
      InvoiceHistory invoices,
      PriceBook prices,
      Commands commands,
      UnitsOfWork units,
      Clock clock,
      @Value("${ledger.usage.rebill-every}") Duration pause,
      @Value("${" + TestClockWiring.ENABLED + ":false}") boolean driven) {
    return new UsageRebilling(
        database,
        spans,
        quantities,
        store,
        invoices,
        prices,
        commands,
        units,
        clock,
        driven ? Duration.ZERO : pause);
  }
}
