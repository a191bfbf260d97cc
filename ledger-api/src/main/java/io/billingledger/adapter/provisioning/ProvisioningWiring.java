package io.billingledger.adapter.provisioning;

import io.billingledger.kernel.Commands;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The orchestrator with its provisioners, and the worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProvisioningSettings.class)
class ProvisioningWiring {

  @Bean
  SharedWorkspace sharedWorkspace() {
    return new SharedWorkspace();
  }

  @Bean
  TenantProvisioningOrchestrator tenantProvisioningOrchestrator(
      ProvisioningSettings settings,
      ObjectProvider<TenantProvisioner> provisioners,
      AutowireCapableBeanFactory beans) {
    return new TenantProvisioningOrchestrator(
        ProvisionerRegistry.of(
            settings.provisioners(), provisioners.stream().toList(), beans::createBean),
        settings);
  }

  @Bean
  TaskQueue provisioningQueue(JdbcTemplate database) {
    return new TaskQueue(database);
  }

  @Bean
  ProvisioningWorker provisioningWorker(
      TaskQueue queue,
      TenantProvisioningOrchestrator orchestrator,
      Commands commands,
      UnitsOfWork units,
      PlatformTransactionManager transactions,
      Clock clock,
      ProvisioningSettings settings) {
    return new ProvisioningWorker(
        queue,
        orchestrator,
        commands,
        units,
        new TransactionTemplate(transactions),
        clock,
        settings.workers());
  }

  @Bean
  QueuedTasks queuedTasks(TaskQueue queue, ProvisioningWorker worker) {
    return new QueuedTasks(queue, worker);
  }
}
