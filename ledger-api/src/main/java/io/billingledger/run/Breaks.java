package io.billingledger.run;

import io.billingledger.kernel.BreakId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is broken now and was ever broken. A break is known by the check that found it and by what
 * is broken; it closes by itself when that check does not find it any more, and opens again with a
 * new date when it does.
 */
public final class Breaks {
  private static final String ROWS =
      """
      SELECT b.*, v.owner, v.explanation, v.said_by, v.said_at,
        CASE WHEN b.closed_at IS NOT NULL THEN 'CLOSED'
          WHEN v.said_at >= b.first_seen THEN v.standing ELSE 'OPEN' END AS status
      FROM reconciliation_break b LEFT JOIN view_break_review v ON v.break_id = b.break_id""";

  private final JdbcTemplate database;
  private final TransactionTemplate transaction;

  public Breaks(JdbcTemplate database, TransactionTemplate transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  /** How far a break is. */
  public enum Status {
    OPEN,
    /** A person has said why it is there. */
    EXPLAINED,
    /** A person has done what was to be done; it is not looked at again yet. */
    RESOLVED,
    /** Not found any more. */
    CLOSED
  }

  /**
   * What a check found last.
   *
   * @param amounts by currency, what is broken together
   * @param since when it became what it is
   * @param evaluatedAt when it was looked at, perhaps only where something had happened
   * @param sweptAt when everything was looked at; null if it never was
   */
  public record Invariant(
      String name,
      CheckStatus status,
      int count,
      Map<String, String> amounts,
      Instant since,
      Instant evaluatedAt,
      Instant sweptAt) {}

  /**
   * @param number its place in lists
   * @param subjectId what is broken
   * @param mark the figures that do not agree
   * @param owner who looks after it; null if nobody
   * @param explanation the last that was said about it, with by whom and when
   */
  public record BreakRow(
      String id,
      long number,
      String invariant,
      String subjectId,
      String tenantId,
      String currency,
      BigDecimal amount,
      String mark,
      Instant firstSeen,
      Instant lastSeen,
      Instant closedAt,
      Status status,
      String owner,
      String explanation,
      String saidBy,
      Instant saidAt) {}

  /** What a check of everything, or of some tenants, has found. */
  void record(String invariant, Reach reach, List<Finding> found, Instant at) {
    transaction.executeWithoutResult(
        _ -> {
          Timestamp now = Timestamp.from(at);
          List<Object[]> rows = new ArrayList<>();
          for (Finding one : found) {
            rows.add(
                new Object[] {
                  BreakId.derive(invariant, one.id()).value(),
                  invariant,
                  one.id(),
                  one.tenantId(),
                  one.currency(),
                  one.amount(),
                  one.mark(),
                  now,
                  now
                });
          }
          database.batchUpdate(
              "INSERT INTO reconciliation_break AS b (break_id, invariant, subject_id, tenant_id,"
                  + " currency, amount, mark, first_seen, last_seen)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  + " ON CONFLICT (break_id) DO UPDATE SET amount = excluded.amount,"
                  + " mark = excluded.mark, last_seen = excluded.last_seen, closed_at = NULL,"
                  + " first_seen = CASE WHEN b.closed_at IS NULL THEN b.first_seen"
                  + " ELSE excluded.first_seen END",
              rows);
          database.update(
              "UPDATE reconciliation_break SET closed_at = ? WHERE invariant = ?"
                  + " AND closed_at IS NULL AND NOT break_id = ANY (?)"
                  + " AND (?::text[] IS NULL OR tenant_id = ANY (?))",
              now,
              invariant,
              rows.stream().map(row -> (String) row[0]).toArray(String[]::new),
              reach.isEverybody() ? null : reach.array(),
              reach.isEverybody() ? null : reach.array());
          looked(invariant, reach.isEverybody(), now);
        });
  }

  /** That a check of what is new has found nothing. */
  void nothingNew(String invariant, Instant at) {
    transaction.executeWithoutResult(_ -> looked(invariant, false, Timestamp.from(at)));
  }

  /** How an invariant stands, by its breaks that are open. */
  private void looked(String invariant, boolean atEverything, Timestamp now) {
    database.update(
        """
        INSERT INTO reconciliation_invariant AS i
          (name, status, found, amounts, since, evaluated_at, swept_at)
        SELECT ?, CASE WHEN count(*) = 0 THEN 'OK' ELSE 'BROKEN' END, count(*),
          (SELECT coalesce(string_agg(currency || ' ' || amount, E'\\n' ORDER BY currency), '')
            FROM (SELECT currency, sum(abs(amount))::text AS amount FROM reconciliation_break
              WHERE invariant = ? AND closed_at IS NULL AND amount IS NOT NULL
              GROUP BY currency) sums),
          ?, ?, CASE WHEN ? THEN ?::timestamptz END
        FROM reconciliation_break WHERE invariant = ? AND closed_at IS NULL
        ON CONFLICT (name) DO UPDATE SET status = excluded.status, found = excluded.found,
          amounts = excluded.amounts, evaluated_at = excluded.evaluated_at,
          swept_at = coalesce(excluded.swept_at, i.swept_at),
          since = CASE WHEN i.status = excluded.status THEN i.since ELSE excluded.since END""",
        invariant,
        invariant,
        now,
        now,
        atEverything,
        now,
        invariant);
  }

  boolean anyOpen(String invariant) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ ->
                database.queryForObject(
                    "SELECT EXISTS (SELECT FROM reconciliation_break WHERE invariant = ?"
                        + " AND closed_at IS NULL)",
                    Boolean.class,
                    invariant)));
  }

  /** What is broken together, by currency. */
  static Map<String, String> amounts(List<Finding> found) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    for (Finding one : found) {
      if (one.amount() != null) {
        amounts.merge(one.currency(), one.amount().abs(), BigDecimal::add);
      }
    }
    Map<String, String> texts = new TreeMap<>();
    amounts.forEach((currency, amount) -> texts.put(currency, amount.toPlainString()));
    return texts;
  }

  public List<Invariant> invariants() {
    return transaction.execute(
        _ ->
            database.query(
                "SELECT * FROM reconciliation_invariant ORDER BY name",
                (row, _) ->
                    new Invariant(
                        row.getString("name"),
                        CheckStatus.valueOf(row.getString("status")),
                        row.getInt("found"),
                        amounts(row.getString("amounts")),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("evaluated_at").toInstant(),
                        instant(row, "swept_at"))));
  }

  /**
   * The newest first.
   *
   * @param invariant null for any, as are {@code status} and {@code owner}
   */
  public List<BreakRow> list(
      String invariant, Status status, String owner, long before, int limit) {
    return database.query(
        "SELECT * FROM ("
            + ROWS
            + ") AS b WHERE (?::text IS NULL OR invariant = ?) AND (?::text IS NULL OR status = ?)"
            + " AND (?::text IS NULL OR owner = ?) AND number < ? ORDER BY number DESC LIMIT ?",
        (row, _) -> row(row),
        invariant,
        invariant,
        status == null ? null : status.name(),
        status == null ? null : status.name(),
        owner,
        owner,
        before,
        limit);
  }

  public Optional<BreakRow> find(BreakId id) {
    return database.query(ROWS + " WHERE b.break_id = ?", (row, _) -> row(row), id.value()).stream()
        .findFirst();
  }

  private static BreakRow row(ResultSet row) throws SQLException {
    return new BreakRow(
        row.getString("break_id"),
        row.getLong("number"),
        row.getString("invariant"),
        row.getString("subject_id"),
        row.getString("tenant_id"),
        row.getString("currency"),
        row.getBigDecimal("amount"),
        row.getString("mark"),
        instant(row, "first_seen"),
        instant(row, "last_seen"),
        instant(row, "closed_at"),
        Status.valueOf(row.getString("status")),
        row.getString("owner"),
        row.getString("explanation"),
        row.getString("said_by"),
        instant(row, "said_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private static Map<String, String> amounts(String text) {
    Map<String, String> amounts = new TreeMap<>();
    text.lines().map(line -> line.split(" ", 2)).forEach(parts -> amounts.put(parts[0], parts[1]));
    return amounts;
  }
}
