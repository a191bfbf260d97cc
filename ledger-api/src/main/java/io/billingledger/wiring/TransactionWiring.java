package io.billingledger.wiring;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

/** One transaction manager for everything: JPA, plain JDBC and all of Axon's storage. */
@Configuration(proxyBeanMethods = false)
class TransactionWiring {

  @Bean
  ScopedTransactionManager transactionManager(
      EntityManagerFactory entityManagers, DataSource database, ClockGate clockGate) {
    return new ScopedTransactionManager(entityManagers, database, clockGate);
  }

  @Bean
  @Primary
  TransactionManager axonTransactions(PlatformTransactionManager transactions) {
    return new AxonTransactions(transactions);
  }

  /**
   * Deliberately without Axon's wrapper that follows the unit of work: it commits and rolls back
   * the connection itself, also when only a nested command was refused.
   */
  @Bean
  ConnectionProvider connectionProvider(DataSource database) {
    return new SpringDataSourceConnectionProvider(database);
  }
}
