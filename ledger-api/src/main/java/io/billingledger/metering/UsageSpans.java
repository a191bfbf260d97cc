package io.billingledger.metering;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.rating.UsageSpan;
import io.billingledger.usage.UsageCommand.CloseUsageSpan;
import io.billingledger.usage.UsageCommand.RecountUsageSpan;
import io.billingledger.usage.UsageRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where spans of subscriptions were cut off. A record belongs to the span in which it was used, or,
 * if that was cut off when it was accepted, to the next one that is.
 */
public final class UsageSpans {
  /**
   * Finds the closed span of the record in the row {@code f} of {@code usage_fact}, called {@code
   * c}: the one in which it was used, also where it came late and is billed with it all the same,
   * or the first that was cut off after it came too late for that.
   */
  public static final String OF_RECORD =
      """
      LATERAL (
        SELECT c.* FROM usage_closing c
        LEFT JOIN usage_assigned a ON a.position = f.position
        WHERE c.subscription_id = coalesce(f.subscription_id, a.subscription_id)
          AND CASE WHEN f.subscription_id IS NULL THEN c.to_at = a.to_at
            WHEN f.rebill_to IS NOT NULL THEN c.to_at = f.rebill_to
            WHEN f.late THEN c.cut_off > f.position
            ELSE c.from_at <= f.used_at AND c.to_at > f.used_at END
        ORDER BY c.to_at LIMIT 1) c
      """;

  private static final String FIELDS =
      "subscription_id, cycle_no, from_at, to_at, cut_off, closed_at";

  private final JdbcTemplate database;
  private final Commands commands;

  public UsageSpans(JdbcTemplate database, Commands commands) {
    this.database = database;
    this.commands = commands;
  }

  /**
   * A span that was cut off.
   *
   * @param cutOff what has a smaller position was accepted in time
   */
  public record Closed(
      SubscriptionId subscriptionId,
      int cycleNo,
      Instant from,
      Instant to,
      long cutOff,
      Instant closedAt) {}

  /**
   * Cuts a span off, once: a repeated call answers the first cut-off. Waits for what is on its way
   * and keeps other records of the tenant out until the transaction ends.
   *
   * @param planCode and {@code planVersion} that were in force in it
   * @param rebilled the metrics whose late usage it takes all the same
   * @throws IllegalStateException if a later span of the subscription was cut off already
   */
  public Closed close(
      UsageSpan span, String planCode, int planVersion, Instant at, List<String> rebilled) {
    TenantId tenant = span.tenantId();
    SubscriptionId id = span.subscriptionId();
    Instant from = span.from();
    Instant to = span.to();
    int cycleNo = span.cycleNo();
    Long cutOff = database.queryForObject("SELECT usage_cut_off(?)", Long.class, tenant.value());
    Optional<Closed> before = find(id, to);
    if (before.isPresent()) {
      return before.get();
    }
    latest(id)
        .filter(last -> last.to().isAfter(from))
        .ifPresent(
            last -> {
              throw new IllegalStateException(
                  "%s is closed to %s, so nothing from %s is".formatted(id, last.to(), from));
            });
    database.update(
        "INSERT INTO usage_closing (tenant_id, subscription_id, cycle_no, from_at, to_at, cut_off,"
            + " closed_at, rebilled, plan_code, plan_version)"
            + " VALUES (?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::timestamptz, ?, ?, ?)",
        tenant.value(),
        id.value(),
        cycleNo,
        from.toString(),
        to.toString(),
        cutOff,
        at.toString(),
        rebilled.toArray(String[]::new),
        planCode,
        planVersion);
    commands.send(
        new CloseUsageSpan(UsageLogId.of(tenant, at), tenant, id, cycleNo, from, to, cutOff, at),
        Actor.system("usage"));
    return new Closed(id, cycleNo, from, to, cutOff, at);
  }

  /**
   * A further cut-off of a closed span.
   *
   * @param cutOff what came late for it and has a smaller position is counted with it
   */
  public record Recount(int round, long cutOff, Instant at) {}

  /** The next cut-off of a closed span; as {@link #close}, it holds the tenant's records back. */
  Recount nextRecount(TenantId tenant, SubscriptionId id, Instant to, Instant at) {
    Long cutOff = database.queryForObject("SELECT usage_cut_off(?)", Long.class, tenant.value());
    Integer rounds =
        database.queryForObject(
            "SELECT count(*) FROM usage_recount WHERE subscription_id = ?"
                + " AND to_at = ?::timestamptz",
            Integer.class,
            id.value(),
            to.toString());
    return new Recount(rounds + 1, cutOff, at);
  }

  /** Puts it on record, also where it changes nothing: what it counted is not due any more. */
  void record(UsageSpan span, Recount recount, List<String> metrics) {
    database.update(
        "INSERT INTO usage_recount (tenant_id, subscription_id, to_at, round, cut_off, counted_at)"
            + " VALUES (?, ?, ?::timestamptz, ?, ?, ?::timestamptz)",
        span.tenantId().value(),
        span.subscriptionId().value(),
        span.to().toString(),
        recount.round(),
        recount.cutOff(),
        recount.at().toString());
    commands.send(
        new RecountUsageSpan(
            UsageLogId.of(span.tenantId(), recount.at()),
            span.tenantId(),
            span.subscriptionId(),
            span.cycleNo(),
            span.from(),
            span.to(),
            recount.round(),
            metrics,
            recount.cutOff(),
            recount.at()),
        Actor.system("usage"));
  }

  public Optional<Recount> recount(SubscriptionId id, Instant to, int round) {
    return recounts(id, to).stream().filter(each -> each.round() == round).findFirst();
  }

  /** In their order. */
  public List<Recount> recounts(SubscriptionId id, Instant to) {
    return database.query(
        "SELECT round, cut_off, counted_at FROM usage_recount WHERE subscription_id = ?"
            + " AND to_at = ?::timestamptz ORDER BY round",
        (row, _) ->
            new Recount(
                row.getInt("round"), row.getLong("cut_off"), UsageRows.instant(row, "counted_at")),
        id.value(),
        to.toString());
  }

  public Optional<Closed> find(SubscriptionId id, Instant to) {
    return one("subscription_id = ? AND to_at = ?::timestamptz", id.value(), to.toString());
  }

  /** The span of the subscription that was cut off before the one that begins then. */
  public Optional<Closed> before(SubscriptionId id, Instant from) {
    return one(
        "subscription_id = ? AND to_at <= ?::timestamptz ORDER BY to_at DESC LIMIT 1",
        id.value(),
        from.toString());
  }

  /** The closed span that a record belongs to; empty while none is. */
  public Optional<Closed> closedSpan(UsageRecord usage, long position) {
    return database
        .query(
            "SELECT c.* FROM usage_fact f CROSS JOIN "
                + OF_RECORD
                + " WHERE f.tenant_id = ? AND f.position = ? AND f.recorded_at = ?::timestamptz",
            (row, _) -> closed(row),
            usage.tenantId().value(),
            position,
            usage.recordedAt().toString())
        .stream()
        .findFirst();
  }

  private Optional<Closed> latest(SubscriptionId id) {
    return one("subscription_id = ? ORDER BY to_at DESC LIMIT 1", id.value());
  }

  private Optional<Closed> one(String where, Object... parameters) {
    return database
        .query(
            "SELECT " + FIELDS + " FROM usage_closing WHERE " + where,
            (row, _) -> closed(row),
            parameters)
        .stream()
        .findFirst();
  }

  static Closed closed(ResultSet row) throws SQLException {
    return new Closed(
        new SubscriptionId(row.getString("subscription_id")),
        row.getInt("cycle_no"),
        UsageRows.instant(row, "from_at"),
        UsageRows.instant(row, "to_at"),
        row.getLong("cut_off"),
        UsageRows.instant(row, "closed_at"));
  }
}
