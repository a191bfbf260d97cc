package io.billingledger.wiring;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Which PostgreSQL the ledger uses, and as whom: its own when {@code spring.datasource.url} is not
 * set. Flyway connects as the owner of the tables, the application as a role that row-level
 * security binds.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("'${spring.datasource.url:}'.isEmpty()")
  static class Embedded {
    @Bean(destroyMethod = "close")
    EmbeddedDatabase embeddedDatabase(
        @Value("${ledger.data-dir}") Path directory,
        @Value("${ledger.postgres.binaries-dir:${ledger.data-dir}/postgres-binaries}")
            Path binaries,
        @Value("${ledger.postgres.port}") int port) {
      return EmbeddedDatabase.open(directory, binaries, port);
    }

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(EmbeddedDatabase database) {
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return database.jdbcUrl();
        }

        @Override
        public String getUsername() {
          return EmbeddedDatabase.APPLICATION;
        }

        @Override
        public String getPassword() {
          return database.password(EmbeddedDatabase.APPLICATION);
        }
      };
    }

    @Bean
    FlywayConnectionDetails flywayConnectionDetails(EmbeddedDatabase database) {
      return new FlywayConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return database.jdbcUrl();
        }

        @Override
        public String getUsername() {
          return EmbeddedDatabase.OWNER;
        }

        @Override
        public String getPassword() {
          return database.password(EmbeddedDatabase.OWNER);
        }
      };
    }

    @Bean
    ProvisionerDatabase provisionerDatabase(EmbeddedDatabase database) {
      return new ProvisionerDatabase(
          database.jdbcUrl(),
          EmbeddedDatabase.PROVISIONER,
          database.password(EmbeddedDatabase.PROVISIONER));
    }
  }

  /** An external PostgreSQL: {@code ledger.provisioner.*} names the login for tenant databases. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${spring.datasource.url:}'.isEmpty()")
  static class External {
    @Bean
    ProvisionerDatabase provisionerDatabase(
        JdbcConnectionDetails database,
        @Value("${ledger.provisioner.url:}") String url,
        @Value("${ledger.provisioner.username:}") String user,
        @Value("${ledger.provisioner.password:}") String password) {
      return user.isEmpty()
          ? new ProvisionerDatabase(
              database.getJdbcUrl(), database.getUsername(), database.getPassword())
          : new ProvisionerDatabase(url.isEmpty() ? database.getJdbcUrl() : url, user, password);
    }
  }

  @Bean
  FlywayConfigurationCustomizer applicationRole(ObjectProvider<JdbcConnectionDetails> database) {
    return flyway ->
        database.ifAvailable(
            details -> {
              Map<String, String> placeholders = new HashMap<>(flyway.getPlaceholders());
              placeholders.put("app_role", details.getUsername());
              flyway.placeholders(placeholders);
            });
  }

  /** Whoever works without a database is told so by the pool itself. */
  @Bean
  static BeanPostProcessor poolThatRefuses() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && name.equals("dataSource")
            ? new DelegatingDataSource(pool) {
              @Override
              public Connection getConnection() throws SQLException {
                WithoutDatabase.check();
                return super.getConnection();
              }
            }
            : bean;
      }
    };
  }

  @Bean
  InitializingBean rowLevelSecurityBindsUs(DataSource database) {
    return () -> {
      String role =
          new JdbcTemplate(database)
              .query(
                  "SELECT rolname FROM pg_roles"
                      + " WHERE rolname = current_user AND (rolsuper OR rolbypassrls)",
                  rows -> rows.next() ? rows.getString(1) : null);
      if (role != null) {
        throw new IllegalStateException(
            "The ledger must not connect to PostgreSQL as \""
                + role
                + "\", which is a superuser or bypasses row-level security: set"
                + " SPRING_DATASOURCE_USERNAME to a plain role, and SPRING_FLYWAY_USER to the owner"
                + " of the tables.");
      }
    };
  }
}
