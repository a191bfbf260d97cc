package io.billingledger.fault;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The whole ledger as a process of its own, with its own PostgreSQL in a directory: it can be
 * killed. Requests outlive that: they are sent again until somebody answers.
 */
final class LedgerProcess implements Life.Ledger, AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory;
  private final Instant clock;
  private final int port;
  private volatile Process process;

  /**
   * @param clock where the sandbox clock begins
   */
  LedgerProcess(Path directory, Instant clock) {
    this.directory = directory;
    this.clock = clock;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it serves. */
  void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                LedgerApplication.class.getName(),
                "--server.port=" + port,
                "--ledger.data-dir=" + directory,
                "--ledger.postgres.binaries-dir=" + TestDatabase.binaries(),
                "--ledger.test-clock.enabled=true",
                "--ledger.test-clock.start=" + clock,
                "--ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
                "--ledger.notices.log-text=true"));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      Instant end = Instant.now().plus(START);
      while (!serves()) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          throw new IllegalStateException("the ledger did not start: " + output());
        }
        Thread.sleep(100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }

  private boolean serves() {
    try {
      return ApiClient.anonymous(port).get("/actuator/health").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** {@code kill -9}. PostgreSQL goes on, and so does what it was asked to do. */
  void kill() {
    gone(process.toHandle());
  }

  /** As if the power had failed: the ledger, PostgreSQL and all that it had started. */
  void killEverything() {
    kill();
    ProcessHandle server = postgres();
    List<ProcessHandle> backends = server.descendants().toList();
    gone(server);
    backends.forEach(LedgerProcess::gone);
  }

  /** Stops it the way an operator does. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the ledger does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void gone(ProcessHandle handle) {
    handle.destroyForcibly();
    handle.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private ProcessHandle postgres() {
    try {
      String pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst();
      return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Answer ask(Function<ApiClient, Answer> request) {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        return request.apply(ApiClient.owner(port));
      } catch (UncheckedIOException gone) {
        if (Instant.now().isAfter(end)) {
          throw gone;
        }
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** What somebody with PostgreSQL's own password sees. */
  Connection database() throws SQLException {
    return database("ledger");
  }

  private Connection database(String name) throws SQLException {
    try {
      Properties passwords = new Properties();
      try (var in = Files.newBufferedReader(directory.resolve("postgres.passwords"))) {
        passwords.load(in);
      }
      String at = Files.readString(directory.resolve("postgres.port")).strip();
      return DriverManager.getConnection(
          "jdbc:postgresql://localhost:" + at + "/" + name,
          "postgres",
          passwords.getProperty("postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> texts(String query) throws SQLException {
    return texts("ledger", query);
  }

  List<String> texts(String database, String query) throws SQLException {
    try (Connection connection = database(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("ledger.log");
  }

  @Override
  public void close() throws IOException {
    if (process != null && process.isAlive()) {
      stop();
    }
    if (Files.exists(directory.resolve("postgres/postmaster.pid"))) {
      postgresIfAny().ifPresent(LedgerProcess::gone);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Optional<ProcessHandle> postgresIfAny() throws IOException {
    String pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip()));
  }
}
