package io.billingledger.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** One PostgreSQL for all tests of this process; every application context gets a database. */
public final class TestDatabase
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedDatabase server;

  static synchronized EmbeddedDatabase server() {
    if (server == null) {
      try {
        Path directory = Files.createTempDirectory("ledger-test");
        server = EmbeddedDatabase.open(directory, binaries(), 0);
        SpringApplication.getShutdownHandlers().add(() -> stop(directory));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return server;
  }

  /** Where PostgreSQL's programs are unpacked, once for all test runs. */
  public static Path binaries() {
    return Path.of(System.getProperty("java.io.tmpdir"), "billing-ledger-postgres");
  }

  /** A connection as the owner of the tables: sees every row, may seed faults. */
  public static Connection asOwner(String url) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            url, EmbeddedDatabase.OWNER, server().password(EmbeddedDatabase.OWNER));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT set_config('ledger.scope', '*', false)");
    }
    return connection;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(fresh()).applyTo(context);
  }

  /** Makes a database; the settings with which an application uses it, again and again. */
  public static List<String> fresh() {
    String database = "ledger_" + DATABASES.incrementAndGet();
    EmbeddedDatabase postgres = server();
    ProvisionerDatabase admin =
        new ProvisionerDatabase(postgres.jdbcUrl(), "postgres", postgres.password("postgres"));
    try (Connection connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database + " OWNER " + EmbeddedDatabase.OWNER);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return List.of(
        "spring.datasource.url=" + admin.jdbcUrl(database),
        "spring.datasource.username=" + EmbeddedDatabase.APPLICATION,
        "spring.datasource.password=" + postgres.password(EmbeddedDatabase.APPLICATION),
        // Many applications stay open side by side in one test run.
        "spring.datasource.hikari.minimum-idle=2",
        "spring.datasource.hikari.idle-timeout=10000",
        "ledger.vault.master-key=" + "A".repeat(43) + "=",
        "spring.flyway.user=" + EmbeddedDatabase.OWNER,
        "spring.flyway.password=" + postgres.password(EmbeddedDatabase.OWNER),
        "ledger.provisioner.username=" + EmbeddedDatabase.PROVISIONER,
        "ledger.provisioner.password=" + postgres.password(EmbeddedDatabase.PROVISIONER));
  }

  private static void stop(Path directory) {
    try {
      server.close();
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
