package io.billingledger.wiring;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.billingledger.kernel.Scope;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;

/** Deadlines in the database: they survive the process, and are tried again when they fail. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class DeadlineWiring {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  @Bean
  DbSchedulerDeadlineManager deadlineManager(
      Scheduler scheduler,
      Configuration ledger,
      Serializer serializer,
      TransactionManager transactions,
      CorrelationDataProvider correlation) {
    DbSchedulerDeadlineManager deadlines =
        DbSchedulerDeadlineManager.builder()
            .scheduler(scheduler)
            .scopeAwareProvider(new ConfigurationScopeAwareProvider(ledger))
            .serializer(serializer)
            .transactionManager(transactions)
            .startScheduler(false)
            .stopScheduler(false)
            .build();
    deadlines.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
    return deadlines;
  }

  /** Axon's own task, for all tenants, and soon again after a failure. */
  @Bean
  @Qualifier("deadlineDetailsTask")
  Task<DbSchedulerBinaryDeadlineDetails> deadlineTask(
      ObjectProvider<DbSchedulerDeadlineManager> deadlines) {
    Task<DbSchedulerBinaryDeadlineDetails> axons =
        DbSchedulerDeadlineManager.binaryTask(deadlines::getObject);
    return new Tasks.OneTimeTaskBuilder<>(
            axons.getTaskName(), DbSchedulerBinaryDeadlineDetails.class)
        .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY, 2.0))
        .execute((deadline, context) -> Scope.allTenants(() -> axons.execute(deadline, context)));
  }
}
