package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The ledger's own PostgreSQL outlives the process that started it, however that one ended. */
class EmbeddedDatabaseTest {
  private static final String STARTED = "SELECT extract(epoch FROM pg_postmaster_start_time())";

  @Test
  void survivesAKilledProcess(@TempDir Path directory) throws Exception {
    Process killed = start(directory);
    String firstStart;
    try (BufferedReader output = killed.inputReader()) {
      firstStart =
          output
              .lines()
              .filter(line -> line.startsWith("written "))
              .findFirst()
              .orElseThrow()
              .substring("written ".length());
      killed.destroyForcibly().waitFor();
    }

    try (EmbeddedDatabase found = open(directory)) {
      assertThat(query(found, "SELECT word FROM kept")).isEqualTo("intact");
      assertThat(query(found, "SHOW fsync")).isEqualTo("on");
      assertThat(query(found, STARTED)).as("the same server").isEqualTo(firstStart);
      assertThatThrownBy(() -> open(directory))
          .hasMessageContaining("Another ledger is running on the data directory");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("postgres.passwords"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> DriverManager.getConnection(found.jdbcUrl(), "postgres", "guessed"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();

    try (EmbeddedDatabase again = open(directory)) {
      assertThat(query(again, "SELECT word FROM kept")).isEqualTo("intact");
      assertThat(query(again, STARTED)).isNotEqualTo(firstStart);
    }
  }

  @Test
  void theLedgerDoesNotConnectAsASuperuser() throws Exception {
    EmbeddedDatabase server = TestDatabase.server();
    DatabaseWiring wiring = new DatabaseWiring();
    wiring.rowLevelSecurityBindsUs(as(server, EmbeddedDatabase.APPLICATION)).afterPropertiesSet();
    assertThatThrownBy(wiring.rowLevelSecurityBindsUs(as(server, "postgres"))::afterPropertiesSet)
        .hasMessageContaining("must not connect to PostgreSQL as \"postgres\"");
  }

  private static DataSource as(EmbeddedDatabase server, String role) {
    return new DriverManagerDataSource(server.jdbcUrl(), role, server.password(role));
  }

  @Test
  void namesAnotherDatabaseOfTheServer() {
    assertThat(new ProvisionerDatabase("jdbc:postgresql://db:5432/ledger?ssl=true", "p", "secret"))
        .hasToString("ProvisionerDatabase[jdbc:postgresql://db:5432/ledger?ssl=true, p]")
        .extracting(database -> database.jdbcUrl("tenant_1"))
        .isEqualTo("jdbc:postgresql://db:5432/tenant_1?ssl=true");
  }

  /** The process that is killed: writes a word and waits for its end. */
  public static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database = open(Path.of(arguments[0]));
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 'intact' AS word");
      }
      System.out.println("written " + query(database, STARTED));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  private static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static EmbeddedDatabase open(Path directory) {
    return EmbeddedDatabase.open(directory, TestDatabase.binaries(), 0);
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), EmbeddedDatabase.OWNER, database.password(EmbeddedDatabase.OWNER));
  }

  private static String query(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
