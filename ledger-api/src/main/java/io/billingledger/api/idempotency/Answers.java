package io.billingledger.api.idempotency;

import io.billingledger.wiring.Columns;
import io.billingledger.wiring.FirstStatement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored answers; every method belongs in the transaction of the request. */
public class Answers {
  private static final String STORE_ALL =
      """
      INSERT INTO idempotency_key (scope, key, request_sha256, status, content_type, location, etag,
        position, body, answered_at)
      SELECT *, ?::timestamptz FROM unnest(?::text[], ?::text[], ?::bytea[], ?::smallint[],
        ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bytea[]) ORDER BY 1, 2;
      COMMIT""";

  private final JdbcClient database;
  private final FirstStatement first;

  public Answers(JdbcTemplate rows, FirstStatement first) {
    this.database = JdbcClient.create(rows);
    this.first = first;
  }

  /** An answer that had an effect. */
  public record Answer(
      byte[] request,
      int status,
      String contentType,
      String location,
      String etag,
      Long position,
      byte[] body) {}

  /**
   * Keeps others with the same key out until the transaction ends, however it ends, and looks for
   * an answer. The first statement of a transaction.
   *
   * @param free false when somebody else is at it
   * @param answer null when there is none
   */
  record Found(boolean free, Answer answer) {}

  Found lock(CommandKey key) {
    return first.tellingScope(
        scope ->
            database
                .sql(
                    "SELECT free, request_sha256, status, content_type, location, etag, position,"
                        + " body FROM ledger_take_key(?, ?, ?, ?)")
                .params(scope, number(key), key.scope(), key.key())
                .query((row, _) -> new Found(row.getBoolean("free"), answer(row)))
                .single());
  }

  private static Answer answer(ResultSet row) throws SQLException {
    byte[] request = row.getBytes("request_sha256");
    return request == null
        ? null
        : new Answer(
            request,
            row.getInt("status"),
            row.getString("content_type"),
            row.getString("location"),
            row.getString("etag"),
            row.getObject("position", Long.class),
            row.getBytes("body"));
  }

  /**
   * @throws ConcurrencyException when another answer was committed just before the lock was free
   */
  void store(CommandKey key, Answer answer, Instant at) {
    int stored =
        database
            .sql(
                "INSERT INTO idempotency_key (scope, key, request_sha256, status, content_type,"
                    + " location, etag, position, body, answered_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(
                Arrays.asList(
                    key.scope(),
                    key.key(),
                    answer.request(),
                    answer.status(),
                    answer.contentType(),
                    answer.location(),
                    answer.etag(),
                    answer.position(),
                    answer.body(),
                    at.atOffset(ZoneOffset.UTC)))
            .update();
    if (stored == 0) {
      throw new ConcurrencyException("the key " + key.key() + " was answered meanwhile");
    }
  }

  /** An answer and the key under which it is kept. */
  public record Kept(CommandKey key, Answer answer) {}

  /**
   * Keeps several answers without a lock on their keys, and commits the connection's transaction in
   * the same message.
   *
   * @throws SQLException also when one of the keys has an answer; then nothing is committed
   */
  public static void storeAllAndCommit(Connection connection, List<Kept> kept, Instant at)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(STORE_ALL)) {
      Columns<Kept> columns = new Columns<>(connection, insert, kept);
      columns.value(at.toString());
      columns.texts(each -> each.key().scope());
      columns.texts(each -> each.key().key());
      columns.bytes(each -> each.answer().request());
      columns.of("smallint", each -> each.answer().status());
      columns.texts(each -> each.answer().contentType());
      columns.texts(each -> each.answer().location());
      columns.texts(each -> each.answer().etag());
      columns.of("bigint", each -> each.answer().position());
      columns.bytes(each -> each.answer().body());
      insert.execute();
    }
  }

  static long number(CommandKey key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key.scope().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(key.key().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
