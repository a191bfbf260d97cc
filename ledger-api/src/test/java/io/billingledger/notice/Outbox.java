package io.billingledger.notice;

import com.zaxxer.hikari.HikariDataSource;
import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import io.billingledger.wiring.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox on a database of its own, with a clock that the test moves. */
public final class Outbox {
  public static final NoticeSettings SETTINGS =
      new NoticeSettings(
          true,
          Duration.ofMillis(50),
          Duration.ofMinutes(1),
          Duration.ofHours(6),
          20,
          "Penagihan <billing@example.com>",
          false);

  public final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T02:00:00Z"));
  public final JdbcTemplate database;
  public final TransactionTemplate transactions;
  public final Notices notices;
  public final TenantId tenant = TenantId.next();

  /** Stands still until it is moved. */
  public static final class MovableClock extends Clock {
    private volatile Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    public void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  public Outbox() {
    StaticApplicationContext context = new StaticApplicationContext();
    new TestDatabase().initialize(context);
    Environment settings = context.getEnvironment();
    String url = settings.getRequiredProperty("spring.datasource.url");
    String role = settings.getRequiredProperty("spring.datasource.username");
    Flyway.configure()
        .dataSource(
            url,
            settings.getRequiredProperty("spring.flyway.user"),
            settings.getRequiredProperty("spring.flyway.password"))
        .placeholders(Map.of("app_role", role))
        .load()
        .migrate();
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(url + "?options=-c%20ledger.scope=*");
    source.setUsername(role);
    source.setPassword(settings.getRequiredProperty("spring.datasource.password"));
    source.setMaximumPoolSize(8);
    source.setMinimumIdle(0);
    database = new JdbcTemplate(source);
    transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    notices = new Notices(database, clock);
  }

  public NoticeDispatcher dispatcher(Notifier notifier) {
    return new NoticeDispatcher(notices, notifier, SETTINGS, transactions, clock);
  }

  public boolean record(String key) {
    return record(key, "budi@example.com", NoticeTemplate.RESTORED, Map.of("name", "Toko Budi"));
  }

  public boolean record(
      String key, String recipient, NoticeTemplate template, Map<String, String> data) {
    return in(() -> notices.record(key, tenant, recipient, template, data, clock.instant()));
  }

  public Notice find(String key) {
    return in(() -> notices.find(NoticeId.derive(key)).orElseThrow());
  }

  public <T> T in(Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }

  public void clear() {
    database.update("DELETE FROM notice");
  }
}
