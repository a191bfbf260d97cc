package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import io.billingledger.saga.SagaGroups;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.journal.Journal;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The processing groups: pooled processors that follow the event store in big batches, one tenant's
 * events always in order, errors never swallowed.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class ProcessorWiring {
  private static final long CLAIM_INTERVAL_MILLIS = 1000;

  /** How a kind of group works. */
  private record Pace(int segments, int batchSize, ScheduledExecutorService workers) {}

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService viewWorkers(@Value("${ledger.processors.view-threads}") int threads) {
    return threads(threads, "view-");
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService sagaWorkers(@Value("${ledger.processors.saga-threads}") int threads) {
    return threads(threads, "saga-");
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService coordinators() {
    return new Coordinators();
  }

  @Bean
  ParkedEvents deadLetters(
      DataSource database,
      TransactionManager transactions,
      PlatformTransactionManager platform,
      ObjectProvider<EventStore> events,
      CorrelationDataProvider correlation,
      Clock ledgerClock) {
    return new ParkedEvents(
        new JdbcTemplate(database), transactions, platform, events, correlation, ledgerClock);
  }

  @Bean
  Positions positions(ObjectProvider<EventProcessingConfiguration> processing) {
    return new ViewPositions(processing);
  }

  @Bean
  ConfigurerModule processors(
      ParkedEvents deadLetters,
      EntityManager entities,
      Journal journal,
      DataSource database,
      ScheduledExecutorService viewWorkers,
      ScheduledExecutorService sagaWorkers,
      ScheduledExecutorService coordinators,
      @Value("${ledger.processors.attempts}") int attempts,
      @Value("${ledger.processors.view-segments}") int viewSegments,
      @Value("${ledger.processors.view-batch-size}") int viewBatch,
      @Value("${ledger.processors.saga-segments}") int sagaSegments,
      @Value("${ledger.processors.saga-batch-size}") int sagaBatch) {
    Pace views = new Pace(segments(viewSegments), viewBatch, viewWorkers);
    Pace sagas = new Pace(sagaSegments, sagaBatch, sagaWorkers);
    JdbcTemplate constraints = new JdbcTemplate(database);
    Runnable flush =
        () -> {
          journal.flush();
          entities.flush();
          constraints.execute("SET CONSTRAINTS ALL IMMEDIATE");
          constraints.execute("SET CONSTRAINTS ALL DEFERRED");
        };
    return configurer ->
        configurer
            .eventProcessing()
            .registerDefaultErrorHandler(_ -> PropagatingErrorHandler.instance())
            .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance())
            .registerDefaultSequencingPolicy(_ -> new PerTenant())
            .registerEventProcessorFactory(
                (group, ledger, handlers) -> {
                  deadLetters.handledBy(group, handlers);
                  var processor = new AtomicReference<PooledStreamingEventProcessor>();
                  var comebacks =
                      new Comebacks(
                          segment -> isIdle(processor.get(), segment),
                          segment -> processor.get().claimSegment(segment),
                          coordinators);
                  processor.set(
                      processor(
                          group,
                          ledger,
                          new ParkingInvoker(
                              group, handlers, deadLetters, attempts, flush, comebacks),
                          pace(group, views, sagas),
                          coordinators));
                  return processor.get();
                });
  }

  private static boolean isIdle(PooledStreamingEventProcessor processor, int segment) {
    EventTrackerStatus status = processor.processingStatus().get(segment);
    return processor.isRunning() && (status == null || status.isErrorState());
  }

  /** At most as many as the journal has shards, so that no two of them write one sum. */
  private static int segments(int setting) {
    return setting > 0 ? setting : Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 16);
  }

  private static Pace pace(String group, Pace views, Pace sagas) {
    if (ViewGroups.ALL.contains(group)) {
      return views;
    }
    if (SagaGroups.ALL.contains(group)) {
      return sagas;
    }
    throw new IllegalStateException(
        "\"" + group + "\" is not a processing group: ViewGroups and SagaGroups name them all.");
  }

  private static PooledStreamingEventProcessor processor(
      String group,
      Configuration ledger,
      EventHandlerInvoker handlers,
      Pace pace,
      ScheduledExecutorService coordinators) {
    return PooledStreamingEventProcessor.builder()
        .name(group)
        .eventHandlerInvoker(handlers)
        .errorHandler(PropagatingErrorHandler.instance())
        .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
        .messageSource(ledger.eventStore())
        .tokenStore(
            ledger.getComponent(org.axonframework.eventhandling.tokenstore.TokenStore.class))
        .transactionManager(ledger.getComponent(TransactionManager.class))
        .coordinatorExecutor(coordinators)
        .workerExecutor(pace.workers())
        .initialSegmentCount(pace.segments())
        .batchSize(pace.batchSize())
        .initialToken(StreamableMessageSource::createTailToken)
        .tokenClaimInterval(CLAIM_INTERVAL_MILLIS)
        // Claims of segments are about processes, not about the ledger's time.
        .clock(Clock.systemUTC())
        .build();
  }

  private static ScheduledExecutorService threads(int count, String name) {
    return Executors.newScheduledThreadPool(
        count, Scope.allTenantsThreads(Thread.ofPlatform().daemon().name(name, 0).factory()));
  }
}
