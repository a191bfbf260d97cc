package io.billingledger.wiring;

import io.billingledger.api.idempotency.Answers.Kept;
import io.billingledger.api.idempotency.CommandKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the events of several requests and keeps their answers in one transaction, which is one
 * message to PostgreSQL (ADR 13). Left out is whose key has an answer already, and whose answer was
 * made of what is so no more; anything else undoes the whole group. Whoever is left out goes the
 * ordinary way.
 */
final class RequestGroups {
  private static final Logger LOG = LoggerFactory.getLogger(RequestGroups.class);
  private static final int MOST = 64;
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** Keys come first: whose key is taken appends nothing. */
  private static final String APPEND_AND_KEEP =
      """
      WITH given AS MATERIALIZED (
        SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[], ?::smallint[], ?::text[], ?::text[],
          ?::text[], ?::bytea[], ?::text[], ?::text[]) WITH ORDINALITY AS g
          (scope, key, request_sha256, status, content_type, location, etag, body, tenant_id,
           subscription, place)),
      events AS MATERIALIZED (
        SELECT nextval('domain_event_entry_seq') AS global_index, e.*
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[],
          ?::text[], ?::bytea[], ?::bytea[]) AS e
          (place, event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
           payload_type, payload_revision, payload, meta_data)),
      kept AS (
        INSERT INTO idempotency_key (scope, key, request_sha256, status, content_type, location,
          etag, position, body, answered_at)
        SELECT g.scope, g.key, g.request_sha256, g.status, g.content_type, g.location, g.etag,
          last.position, g.body, ?::timestamptz
        FROM given g LEFT JOIN (
          SELECT place, max(global_index) AS position FROM events GROUP BY place) last USING (place)
        WHERE g.tenant_id IS NULL
          OR EXISTS (SELECT FROM tenant_key k
              WHERE k.tenant_id = g.tenant_id AND k.encrypted_key IS NOT NULL)
            AND NOT EXISTS (SELECT FROM view_tenant_provisioning p
              WHERE p.tenant_id = g.tenant_id AND p.status <> 'DONE')
            AND (SELECT string_agg(s.subscription_id || ' ' || s.version, ',')
                FROM view_subscription s WHERE s.tenant_id = g.tenant_id)
              IS NOT DISTINCT FROM g.subscription
        ORDER BY g.scope, g.key
        ON CONFLICT DO NOTHING
        RETURNING scope, key, position),
      appended AS (
        INSERT INTO domain_event_entry (global_index, event_identifier, aggregate_identifier,
          sequence_number, type, time_stamp, payload_type, payload_revision, payload, meta_data)
        SELECT e.global_index, e.event_identifier, e.aggregate_identifier, e.sequence_number,
          e.type, e.time_stamp, e.payload_type, e.payload_revision, e.payload, e.meta_data
        FROM kept JOIN given g USING (scope, key) JOIN events e USING (place))
      SELECT g.place, kept.position FROM kept JOIN given g USING (scope, key)""";

  private static final String MESSAGE = GroupTransactions.first(APPEND_AND_KEEP, PATIENCE);

  private final GroupTransactions transactions;
  private final Clock clock;
  private final GroupCommit<Member, Optional<OptionalLong>> groups =
      new GroupCommit<>(MOST, 1, this::attempt);

  RequestGroups(GroupTransactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Member(List<EventRow> rows, Kept kept, TenantStanding standing) {
    String standing(Function<TenantStanding, String> part) {
      return standing == null ? null : part.apply(standing);
    }
  }

  /**
   * @param place of its member, from 1 on
   */
  private record Event(int place, EventRow row) {}

  /**
   * @return the position of the unit's last event
   * @throws ConcurrencyException when nothing was appended, nor kept
   */
  OptionalLong append(UnitOfWork<?> root, Kept kept) {
    return groups
        .perform(new Member(EventGroups.toCommit(root), kept, TenantStanding.assumed(root)))
        .orElseThrow(() -> new ConcurrencyException("this must be done alone"));
  }

  private List<Optional<OptionalLong>> attempt(List<Member> members) {
    Map<CommandKey, Member> first = new LinkedHashMap<>();
    members.forEach(member -> first.putIfAbsent(member.kept().key(), member));
    List<Member> asked = List.copyOf(first.values());
    Map<Member, Optional<OptionalLong>> positions = new IdentityHashMap<>();
    try {
      List<Optional<OptionalLong>> done =
          transactions.perform(connection -> append(connection, asked));
      for (int i = 0; i < asked.size(); i++) {
        positions.put(asked.get(i), done.get(i));
      }
    } catch (SQLException e) {
      LOG.debug("{} requests go one by one", members.size(), e);
    }
    return members.stream()
        .map(member -> positions.getOrDefault(member, Optional.empty()))
        .toList();
  }

  private List<Optional<OptionalLong>> append(Connection connection, List<Member> members)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MESSAGE)) {
      Columns<Member> answers = new Columns<>(connection, statement, members);
      answers.texts(each -> each.kept().key().scope());
      answers.texts(each -> each.kept().key().key());
      answers.bytes(each -> each.kept().answer().request());
      answers.of("smallint", each -> each.kept().answer().status());
      answers.texts(each -> each.kept().answer().contentType());
      answers.texts(each -> each.kept().answer().location());
      answers.texts(each -> each.kept().answer().etag());
      answers.bytes(each -> each.kept().answer().body());
      answers.texts(each -> each.standing(TenantStanding::tenantId));
      answers.texts(each -> each.standing(TenantStanding::subscription));
      Columns<Event> events = answers.then(events(members));
      events.of("bigint", Event::place);
      events.texts(each -> each.row().event().getIdentifier());
      events.texts(each -> each.row().event().getAggregateIdentifier());
      events.of("bigint", each -> each.row().event().getSequenceNumber());
      events.texts(each -> each.row().event().getType());
      events.texts(each -> DateTimeUtils.formatInstant(each.row().event().getTimestamp()));
      events.texts(each -> each.row().payload().getType().getName());
      events.texts(each -> each.row().payload().getType().getRevision());
      events.bytes(each -> each.row().payload().getData());
      events.bytes(each -> each.row().metaData());
      events.value(clock.instant().toString());
      statement.execute();
      statement.getMoreResults(); // the first are the settings
      List<Optional<OptionalLong>> done =
          new ArrayList<>(Collections.nCopies(members.size(), Optional.empty()));
      try (ResultSet kept = statement.getResultSet()) {
        while (kept.next()) {
          long position = kept.getLong("position");
          boolean none = kept.wasNull();
          done.set(
              kept.getInt("place") - 1,
              Optional.of(none ? OptionalLong.empty() : OptionalLong.of(position)));
        }
      }
      return done;
    }
  }

  private static List<Event> events(List<Member> members) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      for (EventRow row : members.get(i).rows()) {
        events.add(new Event(i + 1, row));
      }
    }
    return events;
  }
}
