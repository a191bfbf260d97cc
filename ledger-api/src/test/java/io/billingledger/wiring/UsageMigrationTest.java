package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.UsageStore;
import io.billingledger.metering.UsageVerification;
import io.billingledger.usage.UsageRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Consumptions from before usage had one store are in it, each as it was. */
class UsageMigrationTest {
  private static final TenantId TENANT = TenantId.derive("migrated");
  private static final Instant AT = Instant.parse("2026-01-31T16:59:59.123456Z");

  @Test
  void consumptionsKeepTheirDigests() throws Exception {
    String url = TestDatabase.fresh().getFirst().replace("spring.datasource.url=", "");
    migrateTo(url, "64");
    UsageRecord taken = record("a", "2.50", null, AT);
    UsageRecord back =
        taken.reversal(
            UsageId.derive(TENANT.value(), "b"),
            BigDecimal.ZERO,
            AT.plusSeconds(86_400),
            new Actor("budi"),
            "b");
    try (Connection owner = TestDatabase.asOwner(url)) {
      JdbcTemplate database = new JdbcTemplate(new SingleConnectionDataSource(owner, true));
      insert(database, taken);
      insert(database, back);
    }
    migrateTo(url, "latest");
    try (Connection owner = TestDatabase.asOwner(url)) {
      JdbcTemplate database = new JdbcTemplate(new SingleConnectionDataSource(owner, true));
      assertThat(new UsageVerification(database).tampered()).isEmpty();
      UsageStore store = new UsageStore(database);
      UsageStore.Found found = store.find(TENANT, taken.id()).orElseThrow();
      assertThat(found.usage().digest()).isEqualTo(taken.digest()).isEqualTo(found.digest());
      assertThat(found.usage().quantity()).isEqualByComparingTo("2.5");
      assertThat(found.reversedBy()).contains(back.id());
      assertThat(store.find(TENANT, back.id()).orElseThrow().usage().usedAt()).isEqualTo(AT);
      assertThat(
              database.queryForList(
                  "SELECT tableoid::regclass::text FROM usage_fact ORDER BY 1", String.class))
          .containsExactly("usage_fact_2026_01", "usage_fact_2026_02");
      assertThat(database.queryForList("SELECT tenant_id FROM usage_unsealed", String.class))
          .containsExactly(TENANT.value());
    }
  }

  private static void migrateTo(String url, String version) {
    Flyway.configure()
        .dataSource(
            url, EmbeddedDatabase.OWNER, TestDatabase.server().password(EmbeddedDatabase.OWNER))
        .locations("classpath:db/migration")
        .placeholders(Map.of("app_role", EmbeddedDatabase.APPLICATION))
        .target(version)
        .load()
        .migrate();
  }

  private static UsageRecord record(String key, String quantity, UsageId reverses, Instant at) {
    return new UsageRecord(
        UsageId.derive(TENANT.value(), key),
        TENANT,
        key,
        SubscriptionId.derive("migrated"),
        false,
        null,
        "orders",
        "orders",
        new BigDecimal(quantity),
        at,
        Map.of(),
        reverses,
        null,
        new UsageRecord.Counted(1, "basic", 1, BigDecimal.ZERO),
        at,
        new Actor("budi"));
  }

  /** As it was written then. */
  private static void insert(JdbcTemplate database, UsageRecord record) {
    database.update(
        "INSERT INTO usage_record (id, tenant_id, subscription_id, cycle_no, plan_code,"
            + " plan_version, module, metric, quantity, overage, recorded_at, actor,"
            + " idempotency_key, reverses, digest)"
            + " VALUES (?, ?, ?, 1, 'basic', 1, ?, ?, ?, 0, ?::timestamptz, ?, ?, ?, ?)",
        record.id().value(),
        record.tenantId().value(),
        record.subscriptionId().value(),
        record.module(),
        record.metric(),
        record.quantity(),
        record.recordedAt().toString(),
        record.actor().name(),
        record.idempotencyKey(),
        record.reverses() == null ? null : record.reverses().value(),
        record.digest());
  }
}
