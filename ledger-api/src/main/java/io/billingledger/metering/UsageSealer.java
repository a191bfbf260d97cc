package io.billingledger.metering;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.usage.UsageCommand.SealUsage;
import io.billingledger.usage.UsageEvent.Positions;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageSeal;
import io.billingledger.wiring.Repeated;
import io.billingledger.wiring.Repeating;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Seals the records that came one by one, some seconds after they came. Everything it knows is in
 * the database, and each seal commits with its event: one that dies is followed by another that
 * goes on where it stopped, and several share the work.
 *
 * <p>First the tenant's records are cut off, in a moment in which none is on its way; then what
 * lies before is sealed in peace.
 */
public final class UsageSealer implements Repeated {
  private static final Logger LOG = LoggerFactory.getLogger(UsageSealer.class);
  private static final Actor ACTOR = Actor.system("usage");

  private final JdbcTemplate database;
  private final Commands commands;
  private final UnitsOfWork units;
  private final Clock clock;
  private final Repeating repeating;

  public UsageSealer(
      JdbcTemplate database, Commands commands, UnitsOfWork units, Clock clock, Duration pause) {
    this.database = database;
    this.commands = commands;
    this.units = units;
    this.clock = clock;
    this.repeating =
        new Repeating(
            "usage-sealer",
            pause,
            this::sealAll,
            failure -> LOG.warn("usage waits to be sealed: {}", failure.toString()));
  }

  /**
   * Seals what has come so far.
   *
   * @return how many records were sealed
   */
  public int sealAll() {
    return Scope.allTenants(
        () -> {
          tenants("SELECT tenant_id FROM usage_unsealed ORDER BY tenant_id").forEach(this::cutOff);
          int sealed = 0;
          for (TenantId tenant :
              tenants(
                  "SELECT tenant_id FROM usage_sealing WHERE sealed_to < horizon"
                      + " ORDER BY tenant_id")) {
            int records;
            do {
              records = units.perform(() -> sealNext(tenant));
              sealed += records;
            } while (records > 0);
          }
          return sealed;
        });
  }

  /** From here on the tenant's records so far are to be sealed, and all of them are committed. */
  void cutOff(TenantId tenant) {
    units.perform(
        () -> {
          Long horizon =
              database.queryForObject("SELECT usage_cut_off(?)", Long.class, tenant.value());
          database.update("DELETE FROM usage_unsealed WHERE tenant_id = ?", tenant.value());
          return database.update(
              "INSERT INTO usage_sealing (tenant_id, sealed_to, horizon) VALUES (?, 0, ?)"
                  + " ON CONFLICT (tenant_id) DO UPDATE SET horizon = excluded.horizon",
              tenant.value(),
              horizon);
        });
  }

  private int sealNext(TenantId tenant) {
    record Open(long sealedTo, long horizon) {}
    List<Open> open =
        database.query(
            "SELECT sealed_to, horizon FROM usage_sealing WHERE tenant_id = ?"
                + " AND sealed_to < horizon FOR UPDATE SKIP LOCKED",
            (row, _) -> new Open(row.getLong(1), row.getLong(2)),
            tenant.value());
    if (open.isEmpty()) {
      return 0;
    }
    UsageSeal seal = new UsageSeal();
    database.query(
        "SELECT "
            + UsageRows.FIELDS
            + " FROM usage_fact f WHERE f.tenant_id = ? AND f.position >= ? AND f.position < ?"
            + " AND f.single ORDER BY f.position LIMIT ?",
        row -> {
          UsageRecord record = UsageRows.record(row);
          seal.add(row.getLong("position"), record, record.digest());
        },
        tenant.value(),
        open.getFirst().sealedTo(),
        open.getFirst().horizon(),
        UsageStore.MOST);
    boolean last = seal.records() < UsageStore.MOST;
    database.update(
        "UPDATE usage_sealing SET sealed_to = ? WHERE tenant_id = ?",
        last ? open.getFirst().horizon() : seal.last() + 1,
        tenant.value());
    if (seal.records() > 0) {
      Instant at = clock.instant();
      commands.send(
          new SealUsage(
              UsageLogId.of(tenant, at),
              tenant,
              UsageBatchId.derive(tenant, seal.first(), seal.last()),
              Positions.SINGLES,
              seal.records(),
              seal.first(),
              seal.last(),
              seal.sha256Hex(),
              at),
          ACTOR);
    }
    return seal.records();
  }

  private List<TenantId> tenants(String sql) {
    return units.perform(() -> database.query(sql, (row, _) -> new TenantId(row.getString(1))));
  }

  @Override
  public Repeating repeating() {
    return repeating;
  }
}
