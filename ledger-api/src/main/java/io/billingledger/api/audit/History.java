package io.billingledger.api.audit;

import io.billingledger.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the table of events, within the caller's scope. */
@Component
class History {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String COLUMNS =
      """
      SELECT global_index, event_identifier, payload_type, payload_revision, aggregate_identifier,
        sequence_number, tenant_id, time_stamp, convert_from(payload, 'UTF8') AS payload,
        encode(digest, 'hex') AS digest,
        digest = ledger_event_digest(event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload_revision, payload, meta_data) AS digest_holds,
        convert_from(meta_data, 'UTF8')::json ->> 'actor' AS actor,
        convert_from(meta_data, 'UTF8')::json ->> 'correlation_id' AS correlation_id,
        convert_from(meta_data, 'UTF8')::json ->> 'cause_id' AS cause_id
      FROM domain_event_entry
      """;

  private final JdbcTemplate database;

  History(JdbcTemplate database) {
    this.database = database;
  }

  /** Null is "any"; {@code from} is included and {@code to} is not. */
  record Filter(String stream, String type, String tenantId, Instant from, Instant to) {}

  List<RecordedEvent> newestFirst(Filter filter, long below, int limit) {
    StringBuilder where = new StringBuilder("WHERE global_index < ?");
    List<Object> values = new ArrayList<>(List.of(below));
    only(where, values, "aggregate_identifier = ?", filter.stream());
    only(where, values, "payload_type = ?", filter.type());
    only(where, values, "tenant_id = ?", filter.tenantId());
    // Times are stored as texts of various lengths: an index finds the second, a cast the rest.
    if (filter.from() != null) {
      only(where, values, "time_stamp >= ?", second(filter.from()));
      only(where, values, "time_stamp::timestamptz >= ?", Timestamp.from(filter.from()));
    }
    if (filter.to() != null) {
      only(where, values, "time_stamp < ?", second(filter.to().plusSeconds(1)));
      only(where, values, "time_stamp::timestamptz < ?", Timestamp.from(filter.to()));
    }
    values.add(limit);
    return database.query(
        COLUMNS + where + " ORDER BY global_index DESC LIMIT ?", History::event, values.toArray());
  }

  List<RecordedEvent> stream(String id, long above, int limit) {
    return database.query(
        COLUMNS
            + "WHERE aggregate_identifier = ? AND global_index > ?"
            + " ORDER BY sequence_number LIMIT ?",
        History::event,
        id,
        above,
        limit);
  }

  private static void only(
      StringBuilder where, List<Object> values, String condition, Object value) {
    if (value != null) {
      where.append(" AND ").append(condition);
      values.add(value);
    }
  }

  private static String second(Instant at) {
    String text = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return text.substring(0, text.length() - 1);
  }

  private static RecordedEvent event(ResultSet row, int number) throws SQLException {
    String tenant = row.getString("tenant_id");
    return new RecordedEvent(
        row.getLong("global_index"),
        row.getString("event_identifier"),
        row.getString("payload_type"),
        row.getString("payload_revision"),
        row.getString("aggregate_identifier"),
        row.getLong("sequence_number"),
        tenant == null ? null : new TenantId(tenant),
        Instant.parse(row.getString("time_stamp")),
        row.getString("actor"),
        row.getString("correlation_id"),
        row.getString("cause_id"),
        row.getString("digest"),
        row.getBoolean("digest_holds"),
        JSON.readTree(row.getString("payload")));
  }
}
