package io.billingledger.metering;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.serialization.LedgerJson;
import io.billingledger.usage.UsageEvent.Positions;
import io.billingledger.usage.UsageEvent.UsageBatchAccepted;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageSeal;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the records against what was said of them: each against its own digest, and a batch against
 * the seal that history keeps. Works on what the transaction's scope sees: one tenant, or all.
 */
public final class UsageVerification {
  private static final int FETCH = 1000;
  private static final JsonMapper JSON = LedgerJson.mapper();

  private final JdbcTemplate database;

  public UsageVerification(JdbcTemplate database) {
    this.database = database;
  }

  /**
   * What does not agree with what was said of it.
   *
   * @param id of a record, or of a sealed batch
   */
  public record Broken(TenantId tenantId, String id) {}

  /** Every record against its digest, and every sealed batch against its seal. */
  public List<Broken> broken() {
    List<Broken> broken = new ArrayList<>(brokenRecords());
    long from = 0;
    List<Sealed> seals = seals(from);
    while (!seals.isEmpty()) {
      for (Sealed each : seals) {
        if (!intact(each.seal())) {
          broken.add(new Broken(each.seal().tenantId(), each.seal().batchId().value()));
        }
      }
      from = seals.getLast().position();
      seals = seals(from);
    }
    return List.copyOf(broken);
  }

  private record Sealed(long position, UsageBatchAccepted seal) {}

  /** As history has them; the table knows every type by an index. */
  private List<Sealed> seals(long after) {
    return database.query(
        "SELECT global_index, payload FROM domain_event_entry WHERE payload_type = ?"
            + " AND global_index > ? ORDER BY global_index LIMIT ?",
        (row, _) ->
            new Sealed(
                row.getLong("global_index"),
                JSON.readValue(row.getBytes("payload"), UsageBatchAccepted.class)),
        UsageBatchAccepted.class.getAnnotation(EventType.class).name(),
        after,
        FETCH);
  }

  /** Records that are not what they were when they were accepted, or that are gone. */
  public List<UsageId> tampered() {
    return brokenRecords().stream().map(broken -> new UsageId(broken.id())).toList();
  }

  private List<Broken> brokenRecords() {
    List<Broken> tampered = new ArrayList<>();
    read(
        "SELECT k.id AS key_id, k.tenant_id AS key_tenant, k.digest, "
            + UsageRows.FIELDS
            + " FROM usage_key k LEFT JOIN usage_fact f ON f.tenant_id = k.tenant_id"
            + " AND f.position = k.position AND f.recorded_at = k.recorded_at AND f.id = k.id"
            + " ORDER BY k.tenant_id, k.position",
        row -> {
          if (!intact(row)) {
            tampered.add(
                new Broken(new TenantId(row.getString("key_tenant")), row.getString("key_id")));
          }
        });
    return List.copyOf(tampered);
  }

  /** Whether the records of a sealed batch are all there, and are what they were. */
  public boolean intact(UsageBatchAccepted sealed) {
    String seal;
    try {
      UsageSeal again = new UsageSeal();
      records(
          sealed.tenantId(),
          sealed.positions(),
          sealed.firstPosition(),
          sealed.lastPosition(),
          again);
      if (again.records() != sealed.records()) {
        return false;
      }
      seal = again.sha256Hex();
    } catch (IllegalArgumentException impossibleRecord) {
      return false;
    }
    return seal.equals(sealed.sha256());
  }

  /** Adds a tenant's records of these positions to a seal; both ends belong to them. */
  void records(TenantId tenant, Positions positions, long first, long last, UsageSeal seal) {
    read(
        "SELECT "
            + UsageRows.FIELDS
            + " FROM usage_fact f WHERE f.tenant_id = ? AND f.position BETWEEN ? AND ?"
            + " AND f.single = ? ORDER BY f.position",
        row -> {
          UsageRecord record = UsageRows.record(row);
          seal.add(row.getLong("position"), record, record.digest());
        },
        tenant.value(),
        first,
        last,
        positions == Positions.SINGLES);
  }

  private static boolean intact(ResultSet row) throws SQLException {
    try {
      return row.getString("id") != null
          && MessageDigest.isEqual(UsageRows.record(row).digest(), row.getBytes("digest"));
    } catch (IllegalArgumentException impossibleRecord) {
      return false;
    }
  }

  private void read(
      String sql, org.springframework.jdbc.core.RowCallbackHandler each, Object... parameters) {
    database.query(
        connection -> {
          var statement = connection.prepareStatement(sql);
          statement.setFetchSize(FETCH);
          for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
          }
          return statement;
        },
        each);
  }
}
