package io.billingledger.wiring;

import io.billingledger.api.quota.Consumptions;
import io.billingledger.api.quota.QuotaCounters;
import io.billingledger.kernel.Commands;
import io.billingledger.metering.UsageStore;
import io.billingledger.view.quota.QuotaProjection;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What tenants may use, and the counters of what they used. */
@Configuration(proxyBeanMethods = false)
class QuotaWiring {

  @Bean
  QuotaProjection quotaProjection(EntityManager rows) {
    return new QuotaProjection(rows);
  }

  @Bean
  Consumptions consumptions(
      JdbcTemplate database,
      GroupTransactions groupTransactions,
      UsageStore records,
      Positions positions,
      Commands commands,
      Clock ledgerClock) {
    return new Consumptions(database, groupTransactions, records, positions, commands, ledgerClock);
  }

  @Bean
  QuotaCounters quotaCounters(JdbcClient database, PlatformTransactionManager transactions) {
    return new QuotaCounters(database, new TransactionTemplate(transactions));
  }
}
