package io.billingledger.wiring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of the ledger's own in a directory that outlives the process. When the process was
 * killed, its PostgreSQL went on running: the next start finds it and uses it again. Everybody,
 * superuser included, needs a password; they are kept in a file that only this user may read.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String DATABASE = "ledger";
  private static final String SUPERUSER = "postgres";
  static final String OWNER = "ledger_owner";
  static final String APPLICATION = "ledger_app";
  static final String PROVISIONER = "ledger_provisioner";

  private final Path data;
  private final FileChannel lockFile;
  private final int port;
  private final Properties passwords;
  private final Optional<EmbeddedPostgres> started;

  private EmbeddedDatabase(
      Path data,
      FileChannel lockFile,
      int port,
      Properties passwords,
      Optional<EmbeddedPostgres> started) {
    this.data = data;
    this.lockFile = lockFile;
    this.port = port;
    this.passwords = passwords;
    this.started = started;
  }

  /**
   * Opens the database in the directory, making it when there is none.
   *
   * @param binaries where PostgreSQL's programs are unpacked once
   * @param wantedPort 0 to keep the one used before, or take any free one
   */
  static EmbeddedDatabase open(Path directory, Path binaries, int wantedPort) {
    FileChannel lockFile = null;
    try {
      Path home = Files.createDirectories(directory.toAbsolutePath().normalize());
      lockFile = lock(home.resolve("ledger.lock"));
      Path data = home.resolve("postgres");
      Properties passwords = passwords(home.resolve("postgres.passwords"));
      Optional<Integer> running = runningOn(data, passwords);
      EmbeddedDatabase database;
      if (running.isPresent()) {
        LOG.info("Using the PostgreSQL that is still running on port {}", running.get());
        database = new EmbeddedDatabase(data, lockFile, running.get(), passwords, Optional.empty());
      } else {
        int port = port(home.resolve("postgres.port"), wantedPort);
        database =
            new EmbeddedDatabase(
                data,
                lockFile,
                port,
                passwords,
                Optional.of(start(data, binaries, port, passwords)));
        writableByUsOnly(binaries);
      }
      database.prepare();
      return database;
    } catch (IOException e) {
      release(lockFile);
      throw new UncheckedIOException("cannot open the embedded PostgreSQL in " + directory, e);
    } catch (RuntimeException e) {
      release(lockFile);
      throw e;
    }
  }

  String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  String password(String role) {
    return passwords.getProperty(role);
  }

  /** Stops PostgreSQL, also one that an earlier process had started. */
  @Override
  public void close() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    } else {
      stopFound();
    }
    release(lockFile);
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IllegalStateException(
          "Another ledger is running on the data directory "
              + file.getParent()
              + ": stop it, or set ledger.data-dir to another one.");
    }
    return channel;
  }

  private static void release(FileChannel lockFile) {
    try {
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (IOException e) {
      LOG.warn("The lock of the data directory was not released", e);
    }
  }

  private static Properties passwords(Path file) throws IOException {
    Properties passwords = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        passwords.load(in);
      }
    } else {
      SecureRandom random = new SecureRandom();
      for (String role : List.of(SUPERUSER, OWNER, APPLICATION, PROVISIONER)) {
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        passwords.setProperty(role, HexFormat.of().formatHex(secret));
      }
      writePrivately(file, passwords);
    }
    return passwords;
  }

  private static void writePrivately(Path file, Properties passwords) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (var out = Files.newBufferedWriter(draft)) {
      passwords.store(out, "Passwords of the embedded PostgreSQL's roles");
    }
    Files.move(draft, file);
  }

  /** The port of a live server on this data directory, which a killed process left behind. */
  private static Optional<Integer> runningOn(Path data, Properties passwords) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 4 || !alive(lines.getFirst())) {
      return Optional.empty();
    }
    int port = Integer.parseInt(lines.get(3).strip());
    Instant deadline = Instant.now().plusSeconds(60);
    while (alive(lines.getFirst())) {
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:postgresql://localhost:" + port + "/" + SUPERUSER,
                  SUPERUSER,
                  passwords.getProperty(SUPERUSER));
          Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery("SHOW data_directory")) {
        answer.next();
        return Path.of(answer.getString(1)).toRealPath().equals(data.toRealPath())
            ? Optional.of(port)
            : Optional.empty();
      } catch (SQLException stillStartingOrStopping) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "The PostgreSQL that runs on " + data + " cannot be used: stop it and start again.",
              stillStartingOrStopping);
        }
        pause();
      }
    }
    return Optional.empty();
  }

  private static boolean alive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive).isPresent();
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for PostgreSQL", e);
    }
  }

  private static int port(Path file, int wanted) throws IOException {
    int port = wanted;
    if (port == 0 && Files.exists(file)) {
      int before = Integer.parseInt(Files.readString(file).strip());
      port = free(before) ? before : 0;
    }
    if (port == 0) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
    }
    Files.writeString(file, port + System.lineSeparator());
    return port;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Unpacking leaves the directory open to every user of the machine. */
  private static void writableByUsOnly(Path binaries) {
    if (!binaries.toFile().setWritable(false, false)
        || !binaries.toFile().setWritable(true, true)) {
      LOG.warn("{} may be written by other users of this machine", binaries);
    }
  }

  private static EmbeddedPostgres start(Path data, Path binaries, int port, Properties passwords)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(Files.createDirectories(binaries.toAbsolutePath()).toFile())
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(90))
        .setConnectConfig("password", passwords.getProperty(SUPERUSER))
        .setLocaleConfig("locale", "C")
        .setServerConfig("listen_addresses", "localhost")
        .setServerConfig("max_connections", "400")
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_wal_size", "4GB")
        .start();
  }

  /** Roles, database and passwords; the same every time. */
  private void prepare() throws IOException {
    try (Connection connection =
            DriverManager.getConnection(
                jdbcUrl(SUPERUSER), SUPERUSER, passwords.getProperty(SUPERUSER));
        Statement statement = connection.createStatement()) {
      role(statement, OWNER, "NOSUPERUSER NOBYPASSRLS");
      role(statement, APPLICATION, "NOSUPERUSER NOBYPASSRLS");
      role(statement, PROVISIONER, "NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE");
      statement.execute(
          "ALTER ROLE " + SUPERUSER + " PASSWORD '" + passwords.getProperty(SUPERUSER) + "'");
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
      demandPasswords();
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare the embedded PostgreSQL's roles", e);
    }
  }

  private void role(Statement statement, String role, String attributes) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
      if (found.next()) {
        return;
      }
    }
    statement.execute(
        "CREATE ROLE %s LOGIN %s PASSWORD '%s'"
            .formatted(role, attributes, passwords.getProperty(role)));
  }

  private void demandPasswords() throws IOException {
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        local all all              scram-sha-256
        host  all all 127.0.0.1/32 scram-sha-256
        host  all all ::1/128      scram-sha-256
        """);
  }

  private void stopFound() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle.of(pid)
        .ifPresent(
            server -> {
              // SIGINT would be a fast shutdown; SIGTERM waits for clients, and the pool is closed.
              server.destroy();
              server.onExit().orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
            });
  }
}
