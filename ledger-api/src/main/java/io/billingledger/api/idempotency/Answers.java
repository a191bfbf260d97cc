package io.billingledger.api.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored answers; every method belongs in the transaction of the request. */
public class Answers {
  private final JdbcClient database;

  public Answers(JdbcClient database) {
    this.database = database;
  }

  /** An answer that had an effect. */
  record Answer(
      byte[] request,
      int status,
      String contentType,
      String location,
      String etag,
      Long position,
      byte[] body) {}

  /**
   * Keeps others with the same key out until the transaction ends, however it ends.
   *
   * @return false when somebody else is at it
   */
  boolean lock(CommandKey key) {
    return database
        .sql("SELECT pg_try_advisory_xact_lock(?)")
        .param(number(key))
        .query(Boolean.class)
        .single();
  }

  Optional<Answer> find(CommandKey key) {
    return database
        .sql(
            "SELECT request_sha256, status, content_type, location, etag, position, body"
                + " FROM idempotency_key WHERE scope = ? AND key = ?")
        .params(key.scope(), key.key())
        .query(
            (row, _) ->
                new Answer(
                    row.getBytes("request_sha256"),
                    row.getInt("status"),
                    row.getString("content_type"),
                    row.getString("location"),
                    row.getString("etag"),
                    row.getObject("position", Long.class),
                    row.getBytes("body")))
        .optional();
  }

  void store(CommandKey key, Answer answer, Instant at) {
    database
        .sql(
            "INSERT INTO idempotency_key (scope, key, request_sha256, status, content_type,"
                + " location, etag, position, body, answered_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
