package io.billingledger.wiring;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerConfigurationSupport;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Sandbox time: a clock that stands still in the database until it is moved, and db-scheduler
 * driven by it instead of by polling. For one process only.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = TestClockWiring.ENABLED, havingValue = "true")
class TestClockWiring {
  static final String ENABLED = "ledger.test-clock.enabled";

  @Bean
  @DependsOnDatabaseInitialization
  LedgerClock ledgerClock(
      DataSource dataSource, @Value("${ledger.test-clock.start:#{null}}") Instant start) {
    JdbcTemplate database = new JdbcTemplate(dataSource);
    database.update(
        "INSERT INTO test_clock (position) VALUES (?) ON CONFLICT DO NOTHING",
        Timestamp.from(start != null ? start : LedgerClock.real().instant()));
    Timestamp position =
        database.queryForObject("SELECT position FROM test_clock", Timestamp.class);
    return LedgerClock.standingAt(Objects.requireNonNull(position).toInstant());
  }

  @Bean
  ClockGate clockGate() {
    return ClockGate.guarding();
  }

  @Bean
  FailedTasks failedTasks() {
    return new FailedTasks();
  }

  @Bean(destroyMethod = "stop")
  @DependsOnDatabaseInitialization
  ManualScheduler scheduler(
      LedgerClock ledgerClock,
      DataSource dataSource,
      DbSchedulerCustomizer customizer,
      StatsRegistry statistics,
      FailedTasks failedTasks,
      ObjectProvider<Task<?>> tasks) {
    // Whoever had picked these is gone: there is one process only.
    new JdbcTemplate(dataSource)
        .update("UPDATE scheduled_tasks SET picked = false, picked_by = NULL WHERE picked");
    List<Task<?>> onDemand = tasks.stream().filter(task -> !(task instanceof OnStartup)).toList();
    TestHelper.ManualSchedulerBuilder builder =
        TestHelper.createManualScheduler(
                DbSchedulerConfigurationSupport.configureDataSource(dataSource), onDemand)
            .clock(following(ledgerClock))
            .statsRegistry(statistics);
    builder.startTasks(onStartup(tasks));
    builder.serializer(
        customizer.serializer().orElse(DbSchedulerConfigurationSupport.SPRING_JAVA_SERIALIZER));
    builder.addExecutionInterceptor(failedTasks);
    return builder.build();
  }

  @Bean
  TestClock testClock(
      LedgerClock ledgerClock,
      ClockGate clockGate,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ManualScheduler scheduler,
      FailedTasks failedTasks,
      EventStore events,
      ObjectProvider<EventProcessingConfiguration> processing,
      ObjectProvider<DeadLetters> deadLetters,
      ObjectProvider<DueWork> dueWork,
      @Value("${ledger.test-clock.time-out:5m}") Duration timeOut) {
    JdbcTemplate database = new JdbcTemplate(dataSource);
    DueThings due = new DueThings(ledgerClock, database, scheduler, failedTasks, dueWork);
    Processors processors = new Processors(database, transactions, events, processing);
    return new TestClock(ledgerClock, clockGate, database, due, processors, deadLetters, timeOut);
  }

  private static SettableClock following(LedgerClock clock) {
    return new SettableClock() {
      @Override
      public Instant now() {
        return clock.instant();
      }
    };
  }

  @SuppressWarnings("unchecked") // the filter has just looked
  private static <T extends Task<?> & OnStartup> List<T> onStartup(ObjectProvider<Task<?>> tasks) {
    return tasks.stream().filter(task -> task instanceof OnStartup).map(task -> (T) task).toList();
  }
}
