package io.billingledger.notice;

import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outbox. Reading and writing happen in the current transaction and within its scope; {@link
 * NoticeDispatcher} sends.
 */
public class Notices {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final int LONGEST_ERROR = 500;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcTemplate database;
  private final Clock clock;
  private final List<Runnable> whenRecorded = new CopyOnWriteArrayList<>();

  public Notices(JdbcTemplate database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Records a notice in the current transaction; it goes out at its time after the commit. A key
   * that was recorded before changes nothing: its first recording stands.
   *
   * @param key names the cause: printable ASCII without spaces, at most 200; leaves the ledger
   *     together with the notice, so no personal data
   * @param data what the template needs, and {@code country} for the language
   * @return whether it is new
   */
  public boolean record(
      String key,
      TenantId tenantId,
      String recipient,
      NoticeTemplate template,
      Map<String, String> data,
      Instant at) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a notice is recorded in the transaction of its cause");
    }
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a notice's key: " + key);
    }
    template.require(data);
    int rows =
        database.update(
            """
            INSERT INTO notice
              (notice_id, key, tenant_id, recipient, template, data, recorded_at, due_at, next_attempt_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (key) DO NOTHING
            """,
            NoticeId.derive(key).value(),
            key,
            tenantId.value(),
            recipient,
            template.code(),
            JSON.writeValueAsString(data),
            Timestamp.from(clock.instant()),
            Timestamp.from(at),
            Timestamp.from(at));
    if (rows > 0) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              whenRecorded.forEach(Runnable::run);
            }
          });
    }
    return rows > 0;
  }

  public Optional<Notice> find(NoticeId id) {
    return database
        .query("SELECT * FROM notice WHERE notice_id = ?", Notices::read, id.value())
        .stream()
        .findFirst();
  }

  /** A tenant's notices, latest first, older than the given one. */
  public List<Notice> of(TenantId tenant, Optional<NoticeId> before, int limit) {
    return database.query(
        """
        SELECT * FROM notice n
        WHERE tenant_id = ?
          AND (?::text IS NULL OR (n.recorded_at, n.notice_id) <
               (SELECT b.recorded_at, b.notice_id FROM notice b WHERE b.notice_id = ?))
        ORDER BY recorded_at DESC, notice_id DESC
        LIMIT ?
        """,
        Notices::read,
        tenant.value(),
        before.map(NoticeId::value).orElse(null),
        before.map(NoticeId::value).orElse(null),
        limit);
  }

  /** How many ought to have been attempted by now. */
  public long due(Instant now) {
    return count("SELECT count(*) FROM notice WHERE next_attempt_at <= ?", Timestamp.from(now));
  }

  /** When the next attempt is to be made; empty if nothing waits. */
  public Optional<Instant> nextAttempt() {
    return Optional.ofNullable(
            database.queryForObject("SELECT min(next_attempt_at) FROM notice", Timestamp.class))
        .map(Timestamp::toInstant);
  }

  /** How many were given up and want a person's attention. */
  public long givenUp() {
    return count("SELECT count(*) FROM notice WHERE given_up_at IS NOT NULL");
  }

  /** Tries a notice that was given up once more, from its first attempt on. */
  public boolean retry(NoticeId id) {
    return database.update(
            """
            UPDATE notice SET attempts = 0, given_up_at = NULL, next_attempt_at = ?
            WHERE notice_id = ? AND given_up_at IS NOT NULL
            """,
            Timestamp.from(clock.instant()),
            id.value())
        > 0;
  }

  /**
   * Takes the notice that is due longest and notes the attempt. Until its outcome is marked it
   * counts as failed already: a sender that dies leaves a notice that is due again after a while.
   */
  Optional<Notice> take(Instant now, NoticeSettings settings) {
    List<Notice> due =
        database.query(
            """
            SELECT * FROM notice WHERE next_attempt_at <= ?
            ORDER BY next_attempt_at, notice_id LIMIT 1
            FOR UPDATE SKIP LOCKED
            """,
            Notices::read,
            Timestamp.from(now));
    for (Notice notice : due) {
      int attempt = notice.attempts() + 1;
      database.update(
          "UPDATE notice SET attempts = ?, last_attempt_at = ?, next_attempt_at = ?"
              + " WHERE notice_id = ?",
          attempt,
          Timestamp.from(now),
          Timestamp.from(now.plus(settings.waitAfter(attempt))),
          notice.id().value());
    }
    return due.stream().findFirst().flatMap(taken -> find(taken.id()));
  }

  void markSent(Notice notice, Instant at) {
    Map<String, String> kept = new HashMap<>(notice.data());
    kept.keySet().removeAll(notice.template().secrets());
    database.update(
        """
        UPDATE notice
        SET sent_at = ?, next_attempt_at = NULL, given_up_at = NULL, last_error = NULL, data = ?::jsonb
        WHERE notice_id = ? AND sent_at IS NULL
        """,
        Timestamp.from(at),
        JSON.writeValueAsString(kept),
        notice.id().value());
  }

  void markFailed(Notice notice, String error, boolean forGood, Instant at) {
    database.update(
        """
        UPDATE notice
        SET last_error = ?, given_up_at = ?, next_attempt_at = CASE WHEN ? THEN NULL ELSE next_attempt_at END
        WHERE notice_id = ? AND sent_at IS NULL AND attempts = ?
        """,
        error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error,
        forGood ? Timestamp.from(at) : null,
        forGood,
        notice.id().value(),
        notice.attempts());
  }

  void whenRecorded(Runnable wake) {
    whenRecorded.add(wake);
  }

  private long count(String query, Object... arguments) {
    Long count = database.queryForObject(query, Long.class, arguments);
    return count == null ? 0 : count;
  }

  private static Notice read(ResultSet row, int number) throws SQLException {
    return new Notice(
        new NoticeId(row.getString("notice_id")),
        row.getString("key"),
        new TenantId(row.getString("tenant_id")),
        row.getString("recipient"),
        NoticeTemplate.of(row.getString("template")),
        JSON.readValue(row.getString("data"), new TypeReference<Map<String, String>>() {}),
        row.getTimestamp("recorded_at").toInstant(),
        row.getTimestamp("due_at").toInstant(),
        row.getInt("attempts"),
        instant(row, "last_attempt_at"),
        row.getString("last_error"),
        instant(row, "next_attempt_at"),
        instant(row, "sent_at"),
        instant(row, "given_up_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
