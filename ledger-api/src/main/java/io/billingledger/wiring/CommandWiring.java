package io.billingledger.wiring;

import io.billingledger.kernel.Commands;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** How commands reach their aggregates, and the boundary in which they stand or fall. */
@Configuration(proxyBeanMethods = false)
class CommandWiring {

  @Bean
  CorrelationDataProvider causesAndActors() {
    return new CausesAndActors();
  }

  @Bean
  @Qualifier("localSegment")
  SimpleCommandBus commandBus(
      TransactionManager transactions, CorrelationDataProvider causesAndActors) {
    SimpleCommandBus bus =
        SimpleCommandBus.builder()
            .transactionManager(transactions)
            .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
            .duplicateCommandHandlerResolver(DuplicateCommandHandlerResolution.rejectDuplicates())
            .build();
    bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(causesAndActors));
    return bus;
  }

  @Bean
  Commands commands(CommandBus bus, UnitsOfWork units) {
    return new CommandSender(bus, units);
  }

  @Bean
  UnitsOfWork unitsOfWork(
      TransactionManager transactions,
      CorrelationDataProvider causesAndActors,
      ObjectProvider<LedgerEngine> engine,
      ScopedConnections scopedConnections,
      GroupTransactions groupTransactions,
      ClockGate clockGate,
      Clock ledgerClock) {
    Optional<LedgerEngine> local = Optional.ofNullable(engine.getIfAvailable());
    return new AxonUnitsOfWork(
        transactions,
        causesAndActors,
        local.map(events -> new EventGroups(scopedConnections, groupTransactions, events)),
        local.map(_ -> new RequestGroups(groupTransactions, ledgerClock)),
        clockGate);
  }

  @Bean
  ReadAhead readAhead(ObjectProvider<LedgerEngine> engine, PostgresClaims claims) {
    return new ReadAhead(engine.getIfAvailable(), claims);
  }

  @Bean
  PostgresClaims claims(
      DataSource database,
      PlatformTransactionManager transactions,
      Clock ledgerClock,
      @Value("${axon.axonserver.enabled:false}") boolean eventsElsewhere) {
    return new PostgresClaims(
        new JdbcTemplate(database), transactions, ledgerClock, eventsElsewhere);
  }
}
