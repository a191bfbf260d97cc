package io.billingledger.wiring;

import io.billingledger.kernel.Commands;
import io.billingledger.run.BreakHistory;
import io.billingledger.run.Breaks;
import io.billingledger.run.ClosedMonths;
import io.billingledger.run.ContinuousReconciliation;
import io.billingledger.run.RunWorker;
import io.billingledger.run.RunWorkers;
import io.billingledger.run.Runs;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.ViewGroups;
import jakarta.persistence.EntityManagerFactory;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/** Runs over all tenants, and what a reconciliation looks at. */
@Configuration(proxyBeanMethods = false)
class RunWiring {

  @Bean
  Runs runs(JdbcTemplate database, PlatformTransactionManager transactions) {
    return new Runs(database, new TransactionTemplate(transactions));
  }

  @Bean
  Quiet quiet(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      EventStore events,
      ObjectProvider<EventProcessingConfiguration> processing) {
    return new QuietProcessors(new Processors(database, transactions, events, processing));
  }

  @Bean
  Breaks breaks(JdbcTemplate database, PlatformTransactionManager transactions) {
    return new Breaks(database, new TransactionTemplate(transactions));
  }

  @Bean
  BreakHistory breakHistory(JdbcTemplate database, UnitsOfWork units, Commands commands) {
    return new BreakHistory(database, units, commands);
  }

  @Bean
  ContinuousReconciliation continuousReconciliation(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      Breaks breaks,
      BreakHistory history,
      Quiet quiet,
      Clock clock,
      @Value("${ledger.reconciliation.every}") Duration pause,
      @Value("${ledger.reconciliation.sweep-every}") Duration sweepEvery,
      @Value("${ledger.reconciliation.patience}") Duration patience) {
    TransactionTemplate reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    return RunWorkers.continuous(
        database,
        reading,
        new TransactionTemplate(transactions),
        breaks,
        history,
        quiet,
        clock,
        new ContinuousReconciliation.Pace(pause, sweepEvery, patience));
  }

  @Bean
  RunWorker runWorker(
      Runs runs,
      Commands commands,
      ObjectProvider<StagedEvents> staged,
      ReadAhead ahead,
      BillingProfiles profiles,
      LegalEntity legalEntity,
      EventStore history,
      Quiet quiet,
      ClosedMonths closed,
      Breaks breaks,
      BreakHistory told,
      UnitsOfWork units,
      DataSource dataSource,
      JdbcConnectionDetails details,
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      EntityManagerFactory entities,
      ObjectProvider<org.axonframework.config.Configuration> ledger,
      ApplicationContext context,
      Clock clock,
      @Value("${ledger.runs.threads}") int threads) {
    TransactionTemplate reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    return new RunWorkers(runs, units, dataSource, clock, threads)
        .worker(
            commands,
            staged.getIfAvailable(() -> List::of),
            ahead,
            profiles,
            history,
            new RunWorkers.Views(
                database,
                reading,
                new TransactionTemplate(transactions),
                quiet,
                closed,
                breaks,
                told,
                () ->
                    DriverManager.getConnection(
                        details.getJdbcUrl(), details.getUsername(), details.getPassword()),
                entities.unwrap(SessionFactory.class),
                () -> projections(context),
                legalEntity,
                () -> ledger.getObject().parameterResolverFactory()));
  }

  /** Every class that keeps a view. */
  private static List<Class<?>> projections(ApplicationContext context) {
    return context.getBeansWithAnnotation(ProcessingGroup.class).values().stream()
        .<Class<?>>map(ClassUtils::getUserClass)
        .filter(type -> ViewGroups.ALL.contains(type.getAnnotation(ProcessingGroup.class).value()))
        .distinct()
        .toList();
  }
}
