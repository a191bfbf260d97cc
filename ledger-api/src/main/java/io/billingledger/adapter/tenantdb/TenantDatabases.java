package io.billingledger.adapter.tenantdb;

import io.billingledger.kernel.TenantId;
import io.billingledger.wiring.ProvisionerDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tenants' databases on the ledger's PostgreSQL server. Each has a role of the same name, which
 * the tenant's application logs in as; it owns nothing. Every method finds what is there already
 * and leaves it as it should be, also when two run at once.
 */
final class TenantDatabases {
  /** A database that PostgreSQL could not finish making or dropping has this limit. */
  private static final int INVALID = -2;

  private final ProvisionerDatabase server;
  private final Duration timeOut;

  TenantDatabases(ProvisionerDatabase server, Duration timeOut) {
    this.server = server;
    this.timeOut = timeOut;
  }

  /** Of the database and of its role: 26 letters and digits after the prefix, nothing to quote. */
  static String name(TenantId tenant) {
    return "tenant_" + tenant.value().substring("ten_".length()).toLowerCase(Locale.ROOT);
  }

  boolean exists(TenantId tenant) throws SQLException {
    try (Connection admin = locked(tenant)) {
      return limit(admin, name(tenant)) != null;
    }
  }

  /**
   * @return whether it was not there before
   */
  boolean create(TenantId tenant) throws SQLException {
    String name = name(tenant);
    boolean made = false;
    try (Connection admin = locked(tenant);
        Statement statement = admin.createStatement()) {
      if (!roleExists(admin, name)) {
        statement.execute("CREATE ROLE " + name + " NOLOGIN");
      }
      // So that its sessions may be closed.
      statement.execute("GRANT " + name + " TO CURRENT_USER WITH INHERIT TRUE");
      Integer limit = limit(admin, name);
      if (limit != null && limit == INVALID) {
        statement.execute("DROP DATABASE " + name);
      }
      if (limit == null || limit == INVALID) {
        statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        made = true;
      }
      statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
      statement.execute("GRANT CONNECT ON DATABASE " + name + " TO " + name);
      migrate(name);
    }
    return made;
  }

  /** Read-only for whoever connects from now on; who is connected has to connect again. */
  void suspend(TenantId tenant) throws SQLException {
    alter(tenant, "SET default_transaction_read_only = on");
  }

  void unsuspend(TenantId tenant) throws SQLException {
    alter(tenant, "RESET default_transaction_read_only");
  }

  /** Nobody connects any more, and who is connected is not. */
  void close(TenantId tenant) throws SQLException {
    String name = name(tenant);
    try (Connection admin = locked(tenant);
        Statement statement = admin.createStatement()) {
      statement.execute("REVOKE CONNECT ON DATABASE " + name + " FROM " + name + ", PUBLIC");
      statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
      closeSessions(admin, name);
    }
  }

  void drop(TenantId tenant) throws SQLException {
    String name = name(tenant);
    try (Connection admin = locked(tenant);
        Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("DROP ROLE IF EXISTS " + name);
    }
  }

  /** Into the tenant's database, as its owner. */
  Connection connect(TenantId tenant) throws SQLException {
    return source(name(tenant)).getConnection();
  }

  private void alter(TenantId tenant, String what) throws SQLException {
    String name = name(tenant);
    try (Connection admin = locked(tenant);
        Statement statement = admin.createStatement()) {
      statement.execute("ALTER DATABASE " + name + " " + what);
      closeSessions(admin, name);
    }
  }

  private void migrate(String name) {
    Flyway.configure()
        .dataSource(source(name))
        .locations("classpath:db/tenant")
        .placeholders(Map.of("app_role", name))
        .load()
        .migrate();
  }

  private static void closeSessions(Connection admin, String name) throws SQLException {
    try (PreparedStatement sessions =
        admin.prepareStatement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = ? AND pid <> pg_backend_pid()"
                + " AND pg_has_role(current_user, usesysid, 'USAGE')")) {
      sessions.setString(1, name);
      sessions.execute();
    }
  }

  /** One at a time for a tenant: an attempt that took too long may still be at work. */
  private Connection locked(TenantId tenant) throws SQLException {
    Connection admin = source(null).getConnection();
    try (PreparedStatement lock =
        admin.prepareStatement("SELECT pg_advisory_lock(hashtextextended(?, 0))")) {
      lock.setString(1, name(tenant));
      lock.execute();
      return admin;
    } catch (SQLException e) {
      admin.close();
      throw e;
    }
  }

  private static boolean roleExists(Connection admin, String name) throws SQLException {
    try (PreparedStatement query =
        admin.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Its connection limit; null when there is no such database. */
  private static Integer limit(Connection admin, String name) throws SQLException {
    try (PreparedStatement query =
        admin.prepareStatement("SELECT datconnlimit FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getInt(1) : null;
      }
    }
  }

  private PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database == null ? server.jdbcUrl() : server.jdbcUrl(database));
    source.setUser(server.user());
    source.setPassword(server.password());
    source.setApplicationName("billing-ledger-provisioner");
    source.setConnectTimeout(10);
    // Nobody waits longer than an attempt may last, whatever hangs.
    source.setSocketTimeout(Math.toIntExact(Math.max(1, timeOut.toSeconds())));
    return source;
  }
}
