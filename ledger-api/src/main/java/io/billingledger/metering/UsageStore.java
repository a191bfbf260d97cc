package io.billingledger.metering;

import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRecord;
import io.billingledger.wiring.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds records and finds them. What is added is known by its id for ever: the same fact again is
 * not added again, whoever brings it and however late.
 */
public final class UsageStore {
  /** Most records that can be added at once; their places must fit below a batch's number. */
  public static final int MOST = 10_000;

  private static final String ADD =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::bytea[], ?::text[], ?::text[], ?::boolean[], ?::text[],
          ?::text[], ?::text[], ?::numeric[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
          ?::integer[], ?::text[], ?::integer[], ?::numeric[]) WITH ORDINALITY AS g
          (id, digest, idempotency_key, subscription_id, named, product_code, module, metric,
           quantity, used_at, properties, reverses, replaces, cycle_no, plan_code, plan_version,
           overage, place)),
      fresh AS (
        INSERT INTO usage_key (id, tenant_id, digest, position, recorded_at, reverses)
        SELECT id, ?, digest, ? + place - 1, ?::timestamptz, reverses FROM given ORDER BY id
        ON CONFLICT DO NOTHING RETURNING id, position)
      INSERT INTO usage_fact (tenant_id, position, id, recorded_at, actor, idempotency_key,
        subscription_id, named, product_code, module, metric, quantity, used_at, properties,
        reverses, replaces, cycle_no, plan_code, plan_version, overage, single, late, rebill_to)
      SELECT ?, fresh.position, g.id, ?::timestamptz, ?, g.idempotency_key,
        g.subscription_id, g.named, g.product_code, g.module, g.metric, g.quantity, g.used_at,
        g.properties::json, g.reverses, g.replaces, g.cycle_no, g.plan_code, g.plan_version,
        g.overage, ?, c.to_at IS NOT NULL,
        CASE WHEN g.module IS NULL AND g.metric = ANY (c.rebilled) THEN c.to_at END
      FROM given g JOIN fresh ON fresh.id = g.id
      LEFT JOIN usage_closing c ON c.subscription_id = g.subscription_id
        AND c.from_at <= g.used_at AND c.to_at > g.used_at
      RETURNING position, rebill_to,
        CASE WHEN rebill_to IS NOT NULL THEN subscription_id END AS rebilled""";

  /** When the next local day of the tenant begins, a span is counted again. */
  private static final String DUE =
      """
      INSERT INTO usage_rebill_due (tenant_id, subscription_id, to_at, due_at)
      SELECT s.tenant_id, s.subscription_id, ?::timestamptz,
        (date_trunc('day', ?::timestamptz AT TIME ZONE s.zone) + interval '1 day')
          AT TIME ZONE s.zone
      FROM view_subscription s WHERE s.subscription_id = ? ON CONFLICT DO NOTHING""";

  private final JdbcTemplate database;
  private final Set<YearMonth> parts = ConcurrentHashMap.newKeySet();

  public UsageStore(JdbcTemplate database) {
    this.database = database;
  }

  /** A record, what it said when it was accepted, and what became of it since. */
  public record Found(
      UsageRecord usage,
      long position,
      byte[] digest,
      Optional<UsageId> reversedBy,
      Optional<UsageId> replacedBy) {}

  /**
   * Begins to add: from here to the end of the transaction no span of the tenant is cut off.
   *
   * @return the position of the first record; the others follow it
   */
  public long begin(TenantId tenant) {
    return database.queryForObject("SELECT usage_next(?)", Long.class, tenant.value());
  }

  /** The same, for records that come by themselves and are sealed later. */
  public long beginSingle(TenantId tenant) {
    return database.queryForObject("SELECT usage_next_single(?)", Long.class, tenant.value());
  }

  /**
   * Adds what is not there yet.
   *
   * @param records of one tenant, one actor and one time, each with an id of its own
   * @param digests of the records, in their order
   * @param single whether they are to be sealed later ({@link #beginSingle}) instead of by the
   *     caller
   * @return which of them were added; the place in the list added to {@code first} is the position
   */
  public BitSet add(long first, List<UsageRecord> records, List<byte[]> digests, boolean single) {
    UsageRecord any = records.getFirst();
    makePart(any.recordedAt());
    return database.execute(
        (Connection connection) -> {
          try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            Columns<UsageRecord> columns = new Columns<>(connection, insert, records);
            columns.texts(record -> record.id().value());
            columns.array("bytea", digests.toArray(byte[][]::new));
            columns.texts(UsageRecord::idempotencyKey);
            columns.texts(
                record -> record.subscriptionId() == null ? null : record.subscriptionId().value());
            columns.of("boolean", UsageRecord::named);
            columns.texts(UsageRecord::productCode);
            columns.texts(UsageRecord::module);
            columns.texts(UsageRecord::metric);
            columns.texts(record -> UsageRows.number(record.quantity()));
            columns.texts(record -> record.usedAt().toString());
            Map<Map<String, String>, String> properties = new HashMap<>();
            columns.texts(
                record ->
                    record.properties().isEmpty()
                        ? null
                        : properties.computeIfAbsent(record.properties(), UsageRows::properties));
            columns.texts(record -> text(record.reverses()));
            columns.texts(record -> text(record.replaces()));
            columns.of("integer", counted(UsageRecord.Counted::cycleNo));
            columns.texts(counted(UsageRecord.Counted::planCode));
            columns.of("integer", counted(UsageRecord.Counted::planVersion));
            columns.texts(counted(each -> UsageRows.number(each.overage())));
            String at = any.recordedAt().toString();
            columns.value(any.tenantId().value());
            columns.value(first);
            columns.value(at);
            columns.value(any.tenantId().value());
            columns.value(at);
            columns.value(any.actor().name());
            columns.value(single);
            BitSet added = new BitSet(records.size());
            Set<Rebilled> rebilled = new TreeSet<>();
            try (ResultSet rows = insert.executeQuery()) {
              while (rows.next()) {
                added.set(Math.toIntExact(rows.getLong("position") - first));
                String subscription = rows.getString("rebilled");
                if (subscription != null) {
                  rebilled.add(new Rebilled(subscription, UsageRows.instant(rows, "rebill_to")));
                }
              }
            }
            for (Rebilled span : rebilled) {
              database.update(DUE, span.to().toString(), at, span.subscription());
            }
            return added;
          }
        });
  }

  /** A closed span that is to be counted again; in one order, so that nobody waits crosswise. */
  private record Rebilled(String subscription, Instant to) implements Comparable<Rebilled> {
    @Override
    public int compareTo(Rebilled other) {
      return Comparator.comparing(Rebilled::subscription)
          .thenComparing(Rebilled::to)
          .compare(this, other);
    }
  }

  /** What is known of these ids; ids that are not known are left out. */
  public Map<UsageId, byte[]> digests(Collection<UsageId> ids) {
    Map<UsageId, byte[]> digests = new HashMap<>();
    database.query(
        "SELECT id, digest FROM usage_key WHERE id = ANY (?)",
        row -> {
          digests.put(new UsageId(row.getString(1)), row.getBytes(2));
        },
        (Object) ids.stream().map(UsageId::value).toArray(String[]::new));
    return digests;
  }

  /** Empty where there is no such record of the tenant. */
  public Optional<Found> find(TenantId tenant, UsageId id) {
    return database
        .query(
            "SELECT "
                + UsageRows.FIELDS
                + ", k.digest, x.id AS reversed_by, y.id AS replaced_by FROM usage_key k"
                + " JOIN usage_fact f ON f.tenant_id = k.tenant_id AND f.position = k.position"
                + " AND f.recorded_at = k.recorded_at"
                + " LEFT JOIN usage_key x ON x.reverses = k.id"
                + " LEFT JOIN usage_fact y ON y.tenant_id = k.tenant_id AND y.replaces = k.id"
                + " AND y.position > k.position"
                + " WHERE k.tenant_id = ? AND k.id = ?",
            (row, _) ->
                new Found(
                    UsageRows.record(row),
                    row.getLong("position"),
                    row.getBytes("digest"),
                    Optional.ofNullable(row.getString("reversed_by")).map(UsageId::new),
                    Optional.ofNullable(row.getString("replaced_by")).map(UsageId::new)),
            tenant.value(),
            id.value())
        .stream()
        .findFirst();
  }

  /** Whether it is known that what is recorded at the instant has a place. */
  public boolean hasPart(Instant at) {
    return parts.contains(month(at));
  }

  /** Makes sure that the month of the instant has its part; remembered once it is committed. */
  private void makePart(Instant at) {
    if (!hasPart(at)
        && Boolean.TRUE.equals(
            database.queryForObject(
                "SELECT usage_part(?::timestamptz)", Boolean.class, at.toString()))) {
      parts.add(month(at));
    }
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atOffset(ZoneOffset.UTC));
  }

  private static String text(UsageId id) {
    return id == null ? null : id.value();
  }

  private static <T> Function<UsageRecord, T> counted(Function<UsageRecord.Counted, T> field) {
    return record -> record.counted() == null ? null : field.apply(record.counted());
  }
}
