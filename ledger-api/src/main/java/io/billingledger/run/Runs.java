package io.billingledger.run;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.RunId;
import io.billingledger.kernel.TenantId;
import io.billingledger.run.Run.Check;
import io.billingledger.run.Run.Item;
import io.billingledger.run.RunRejection.AsOfInFuture;
import io.billingledger.run.RunRejection.RunUnknown;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The runs that were asked for. Takes part in the current transaction, or begins one. */
public class Runs {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;
  private final List<Runnable> whenAsked = new CopyOnWriteArrayList<>();

  public Runs(JdbcTemplate database, TransactionTemplate transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /**
   * Asks for a run; it begins after the commit.
   *
   * @param asOf selects what is looked at; null is now
   * @param tenants null for everybody
   */
  public Run ask(
      RunId id,
      RunKind kind,
      Instant asOf,
      boolean dryRun,
      List<TenantId> tenants,
      Actor by,
      Instant now) {
    if (asOf != null && asOf.isAfter(now) && !dryRun) {
      throw new Rejected(new AsOfInFuture(asOf, now));
    }
    return transaction.execute(
        _ -> {
          database.update(
              """
              INSERT INTO run
                (run_id, kind, status, as_of, dry_run, tenant_ids, requested_by, requested_at)
              VALUES (?, ?, 'QUEUED', ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING
              """,
              id.value(),
              kind.name(),
              Timestamp.from(asOf == null ? now : asOf),
              dryRun,
              tenants == null ? null : tenants.stream().map(TenantId::value).toArray(String[]::new),
              by.name(),
              Timestamp.from(now));
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                  whenAsked.forEach(Runnable::run);
                }
              });
          return read(id);
        });
  }

  public Run read(RunId id) {
    return find(id).orElseThrow(() -> new Rejected(new RunUnknown(id)));
  }

  /** Stops a run at its next step; one that is over stays as it is. */
  public Run stop(RunId id, Actor by, Instant now) {
    read(id);
    return transaction.execute(
        _ -> {
          database.update(
              """
              UPDATE run SET stop_wanted_by = ?,
                status = CASE status WHEN 'QUEUED' THEN 'STOPPED' ELSE status END,
                finished_at = CASE status WHEN 'QUEUED' THEN ?::timestamptz END,
                detail = CASE status WHEN 'QUEUED' THEN ? END
              WHERE run_id = ? AND status IN ('QUEUED', 'RUNNING') AND stop_wanted_by IS NULL
              """,
              by.name(),
              Timestamp.from(now),
              "stopped by " + by,
              id.value());
          return read(id);
        });
  }

  /** The report: what the run looked at, in its order, those beyond a number. */
  public List<Item> report(RunId id, long beyond, int limit) {
    return database.query(
        """
        SELECT * FROM run_item WHERE run_id = ? AND item_no > ? AND outcome IS NOT NULL
        ORDER BY item_no LIMIT ?
        """,
        Runs::item,
        id.value(),
        beyond,
        limit);
  }

  public List<Check> checks(RunId id) {
    return database.query(
        "SELECT * FROM run_check WHERE run_id = ? ORDER BY place", Runs::check, id.value());
  }

  void whenAsked(Runnable wake) {
    whenAsked.add(wake);
  }

  List<RunId> open() {
    return transaction.execute(
        _ ->
            database
                .queryForList(
                    "SELECT run_id FROM run WHERE status IN ('QUEUED', 'RUNNING') ORDER BY number",
                    String.class)
                .stream()
                .map(RunId::new)
                .toList());
  }

  /** Empty when it is over already. */
  Optional<Run> begin(RunId id, Instant now) {
    return transaction.execute(
        _ ->
            database.update(
                        """
                        UPDATE run SET status = 'RUNNING', started_at = coalesce(started_at, ?),
                          working_since = clock_timestamp(), worked_until = NULL,
                          done_before = (SELECT count(*) FROM run_item i
                            WHERE i.run_id = run.run_id AND i.outcome IS NOT NULL)
                        WHERE run_id = ? AND status IN ('QUEUED', 'RUNNING')
                        """,
                        Timestamp.from(now),
                        id.value())
                    == 0
                ? Optional.empty()
                : find(id));
  }

  /**
   * Selects what the run will look at.
   *
   * @param query answers subject_id and tenant_id, and takes the run's as_of once
   */
  void select(Run run, String query, int shares) {
    transaction.executeWithoutResult(
        _ -> {
          Object[] tenants = ids(run.tenantIds());
          database.update(
              """
              INSERT INTO run_item (run_id, item_no, tenant_id, subject_id, share)
              SELECT ?, row_number() OVER (ORDER BY subject_id), tenant_id, subject_id,
                (hashtext(tenant_id) & 2147483647) % ?
              FROM ("""
                  + query
                  + ") AS selected WHERE ?::text[] IS NULL OR tenant_id = ANY (?::text[])",
              run.id().value(),
              shares,
              Timestamp.from(run.asOf()),
              tenants,
              tenants);
          database.update(
              "UPDATE run SET total = (SELECT count(*) FROM run_item WHERE run_id = ?)"
                  + " WHERE run_id = ?",
              run.id().value(),
              run.id().value());
        });
  }

  /** The next items of a share that nobody has looked at; none when the run is to stop. */
  List<Item> next(RunId id, int share, int limit) {
    return transaction.execute(
        _ ->
            database.query(
                """
                SELECT i.* FROM run_item i JOIN run r ON r.run_id = i.run_id
                WHERE i.run_id = ? AND i.share = ? AND i.outcome IS NULL
                  AND r.stop_wanted_by IS NULL
                ORDER BY i.item_no LIMIT ?
                """,
                Runs::item,
                id.value(),
                share,
                limit));
  }

  /** What came of some items. */
  void record(RunId id, List<Item> items) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                """
                UPDATE run_item SET outcome = new.outcome, detail = new.detail
                FROM unnest(?::integer[], ?::text[], ?::text[]) AS new (item_no, outcome, detail)
                WHERE run_id = ? AND run_item.item_no = new.item_no
                """,
                items.stream().map(Item::number).toArray(Integer[]::new),
                items.stream().map(item -> item.outcome().name()).toArray(String[]::new),
                items.stream().map(Item::detail).toArray(String[]::new),
                id.value()));
  }

  boolean stopWanted(RunId id) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ ->
                database.queryForObject(
                    "SELECT stop_wanted_by IS NOT NULL FROM run WHERE run_id = ?",
                    Boolean.class,
                    id.value())));
  }

  void looksAt(RunId id, long position, long total) {
    transaction.executeWithoutResult(
        _ -> {
          database.update("DELETE FROM run_check WHERE run_id = ?", id.value());
          database.update(
              "UPDATE run SET position = ?, total = ?, done = 0 WHERE run_id = ?",
              position,
              total,
              id.value());
        });
  }

  void progressed(RunId id, long done) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                "UPDATE run SET done = least(?, total) WHERE run_id = ?", done, id.value()));
  }

  void record(RunId id, int place, Check check) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                "INSERT INTO run_check VALUES (?, ?, ?, ?, ?, ?, ?)",
                id.value(),
                place,
                check.name(),
                check.status().name(),
                check.count(),
                JSON.writeValueAsString(check.amounts()),
                check.ids().toArray(String[]::new)));
  }

  /** It has come to its end, or was stopped on the way. */
  void finish(RunId id, Instant now) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                """
                UPDATE run SET finished_at = ?, worked_until = clock_timestamp(),
                  status = CASE WHEN stop_wanted_by IS NULL THEN 'DONE' ELSE 'STOPPED' END,
                  detail = 'stopped by ' || stop_wanted_by
                WHERE run_id = ?
                """,
                Timestamp.from(now),
                id.value()));
  }

  void fail(RunId id, String why, Instant now) {
    transaction.executeWithoutResult(
        _ ->
            database.update(
                """
                UPDATE run SET finished_at = ?, worked_until = clock_timestamp(),
                  status = 'FAILED', detail = ?
                WHERE run_id = ?
                """,
                Timestamp.from(now),
                why,
                id.value()));
  }

  private Optional<Run> find(RunId id) {
    return transaction.execute(
        _ ->
            database
                .query(
                    """
                    SELECT run.*, greatest(run.done, items.done) AS all_done, items.failed,
                      coalesce(extract(epoch FROM
                        coalesce(worked_until, clock_timestamp()) - working_since), 0) AS seconds
                    FROM run CROSS JOIN LATERAL (
                      SELECT count(*) FILTER (WHERE outcome IS NOT NULL) AS done,
                        count(*) FILTER (WHERE outcome = 'FAILED') AS failed
                      FROM run_item i WHERE i.run_id = run.run_id) items
                    WHERE run.run_id = ?
                    """,
                    Runs::run,
                    id.value())
                .stream()
                .findFirst());
  }

  private static Object[] ids(List<TenantId> tenants) {
    return tenants == null ? null : tenants.stream().map(TenantId::value).toArray(String[]::new);
  }

  private static Run run(ResultSet row, int number) throws SQLException {
    Array tenants = row.getArray("tenant_ids");
    return new Run(
        new RunId(row.getString("run_id")),
        RunKind.valueOf(row.getString("kind")),
        RunStatus.valueOf(row.getString("status")),
        instant(row, "as_of"),
        row.getBoolean("dry_run"),
        tenants == null
            ? null
            : Arrays.stream((String[]) tenants.getArray()).map(TenantId::new).toList(),
        row.getString("requested_by"),
        instant(row, "requested_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getObject("position", Long.class),
        row.getObject("total", Long.class),
        row.getLong("all_done"),
        row.getLong("failed"),
        row.getLong("done_before"),
        Duration.ofMillis(
            row.getBigDecimal("seconds")
                .movePointRight(3)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact()),
        row.getString("detail"));
  }

  private static Item item(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return new Item(
        row.getInt("item_no"),
        new TenantId(row.getString("tenant_id")),
        row.getString("subject_id"),
        outcome == null ? null : RunOutcome.valueOf(outcome),
        row.getString("detail"));
  }

  private static Check check(ResultSet row, int number) throws SQLException {
    return new Check(
        row.getString("name"),
        CheckStatus.valueOf(row.getString("status")),
        row.getLong("found"),
        JSON.readValue(row.getString("amounts"), new TypeReference<Map<String, String>>() {}),
        List.of((String[]) row.getArray("ids").getArray()));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
