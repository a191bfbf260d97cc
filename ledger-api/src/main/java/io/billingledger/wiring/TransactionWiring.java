package io.billingledger.wiring;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.hibernate.cfg.JdbcSettings;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

/** One transaction manager for everything: JPA, plain JDBC and all of Axon's storage. */
@Configuration(proxyBeanMethods = false)
class TransactionWiring {

  @Bean
  ScopedConnections scopedConnections(DataSource database) {
    return new ScopedConnections(database);
  }

  /** Hibernate opens the connection of every transaction, also where plain JDBC uses it. */
  @Bean
  HibernatePropertiesCustomizer connectionsOfHibernate(ScopedConnections scopedConnections) {
    return properties -> {
      properties.put(JdbcSettings.CONNECTION_PROVIDER, scopedConnections);
      properties.put(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true);
    };
  }

  @Bean
  ScopedTransactionManager transactionManager(
      EntityManagerFactory entityManagers,
      DataSource database,
      ScopedConnections scopedConnections,
      ClockGate clockGate) {
    return new ScopedTransactionManager(entityManagers, database, scopedConnections, clockGate);
  }

  @Bean
  GroupTransactions groupTransactions(DataSource database, ClockGate clockGate) {
    return new GroupTransactions(database, clockGate);
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
