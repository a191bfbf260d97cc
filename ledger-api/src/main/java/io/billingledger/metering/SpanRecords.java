package io.billingledger.metering;

import io.billingledger.catalog.Meter;
import io.billingledger.catalog.UsageFilter;
import io.billingledger.metering.UsageSpans.Closed;
import io.billingledger.metering.UsageSpans.Recount;
import io.billingledger.rating.UsageSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Statements about the records of one metric that belong to a span, which they call {@code mine}:
 * what was used in it and accepted in time, what was used earlier and accepted after the span
 * before was cut off, what had no subscription and was assigned to it, and what came late and is
 * billed with it all the same. Corrections are in it with their sign.
 */
final class SpanRecords {
  private final UsageSpan span;
  private final Optional<Closed> before;
  private final Optional<Closed> closed;
  private final Optional<Recount> recount;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  /**
   * @param before the span of the subscription that was cut off before this one, if any
   * @param closed this one, if it was cut off
   * @param recount a further cut-off of it, if it is to be read as it was counted then
   */
  private SpanRecords(
      UsageSpan span, Optional<Closed> before, Optional<Closed> closed, Optional<Recount> recount) {
    this.span = span;
    this.before = before;
    this.closed = closed;
    this.recount = recount;
  }

  private SpanRecords(UsageSpan span, CutOffs cuts) {
    this(span, cuts.before(), cuts.closed(), cuts.recount());
  }

  /** A statement, and the values of its parameters in their order. */
  record Statement(String sql, Object[] parameters) {}

  /** Where spans are cut off, this one, once more this one, and the one before it. */
  record CutOffs(Optional<Closed> before, Optional<Closed> closed, Optional<Recount> recount) {}

  /**
   * @param rest what to select from {@code mine}
   * @param values of the parameters in the rest
   */
  static Statement ofMeter(
      UsageSpan span, CutOffs cuts, Meter meter, String rest, List<Object> values) {
    SpanRecords records = new SpanRecords(span, cuts);
    records.belonging(meter.metricCode(), null, meter.filters());
    return records.then(rest, values);
  }

  /** Of the consumptions of a limit. */
  static Statement ofLimit(
      UsageSpan span, CutOffs cuts, String module, String metric, String rest) {
    SpanRecords records = new SpanRecords(span, cuts);
    records.belonging(metric, module, List.of());
    return records.then(rest, List.of());
  }

  /** Of what was used in the span's own time only, or before it. */
  static Statement ofTime(
      UsageSpan span,
      CutOffs cuts,
      Meter meter,
      boolean earlier,
      String rest,
      List<Object> values) {
    SpanRecords records = new SpanRecords(span, cuts);
    records.sql.append("WITH mine AS (");
    records.select(meter.metricCode(), null, meter.filters());
    records.cutOff().ifPresent(cut -> records.and("f.position < ?", cut));
    records.and(
        "(f.subscription_id = ? OR f.subscription_id IS NULL AND EXISTS (SELECT FROM usage_assigned"
            + " a WHERE a.position = f.position AND a.subscription_id = ?))",
        span.subscriptionId().value(),
        span.subscriptionId().value());
    if (earlier) {
      records.and("f.used_at < ?::timestamptz", span.from().toString());
    } else {
      records.and("f.used_at >= ?::timestamptz", span.from().toString());
      records.and("f.used_at < ?::timestamptz", span.to().toString());
    }
    records.sql.append(") ");
    return records.then(rest, values);
  }

  /** Records without a subscription that a span of this one may take. */
  static Statement candidates(UsageSpan span, Closed closed, List<String> metrics, String insert) {
    SpanRecords records =
        new SpanRecords(span, Optional.empty(), Optional.of(closed), Optional.empty());
    records.sql.append(insert).append(" FROM usage_fact f WHERE true");
    records.and("f.tenant_id = ?", span.tenantId().value());
    records.and("f.metric = ANY (?)", (Object) metrics.toArray(String[]::new));
    records.free();
    records.and("f.position < ?", closed.cutOff());
    return records.then("", List.of());
  }

  /** What selects from {@code mine} without pairs of which one takes the other back. */
  static String standing(String selected) {
    return "SELECT "
        + selected
        + " FROM mine f WHERE NOT EXISTS (SELECT FROM mine r WHERE r.reverses = f.id)"
        + " AND (f.reverses IS NULL OR NOT EXISTS (SELECT FROM mine o WHERE o.id = f.reverses))";
  }

  private void belonging(String metric, String module, List<UsageFilter> filters) {
    sql.append("WITH mine AS (");
    start(metric, module, filters);
    and("f.subscription_id = ?", span.subscriptionId().value());
    and("f.used_at >= ?::timestamptz", span.from().toString());
    and("f.used_at < ?::timestamptz", span.to().toString());
    and("NOT f.late");
    if (before.isPresent() && (closed.isPresent() || before.get().to().equals(span.from()))) {
      sql.append(" UNION ALL ");
      start(metric, module, filters);
      and("f.subscription_id = ?", span.subscriptionId().value());
      and("f.late AND f.rebill_to IS NULL AND f.position >= ?", before.get().cutOff());
    }
    recount.ifPresent(
        again -> {
          sql.append(" UNION ALL ");
          select(metric, module, filters);
          and("f.subscription_id = ?", span.subscriptionId().value());
          and("f.rebill_to = ?::timestamptz", span.to().toString());
          and("f.position < ?", again.cutOff());
        });
    sql.append(" UNION ALL ");
    start(metric, module, filters);
    if (closed.isPresent()) {
      and(
          "f.position IN (SELECT a.position FROM usage_assigned a"
              + " WHERE a.subscription_id = ? AND a.to_at = ?::timestamptz)",
          span.subscriptionId().value(),
          span.to().toString());
    } else {
      free();
    }
    sql.append(") ");
  }

  private void free() {
    and("f.subscription_id IS NULL");
    and("(f.product_code IS NULL OR f.product_code = ?)", span.productCode());
    and("f.used_at < ?::timestamptz", span.to().toString());
    and(
        "f.used_at >= least(?::timestamptz, (SELECT min(c.from_at) FROM usage_closing c"
            + " WHERE c.subscription_id = ?))",
        span.from().toString(),
        span.subscriptionId().value());
    and("NOT EXISTS (SELECT FROM usage_assigned a WHERE a.position = f.position)");
  }

  /** What was accepted before the last cut-off that counts here. */
  private Optional<Long> cutOff() {
    return recount.map(Recount::cutOff).or(() -> closed.map(Closed::cutOff));
  }

  private void start(String metric, String module, List<UsageFilter> filters) {
    select(metric, module, filters);
    closed.ifPresent(cut -> and("f.position < ?", cut.cutOff()));
  }

  private void select(String metric, String module, List<UsageFilter> filters) {
    sql.append("SELECT f.* FROM usage_fact f WHERE true");
    and("f.tenant_id = ?", span.tenantId().value());
    and("f.metric = ?", metric);
    if (module != null) {
      and("f.module = ?", module);
    }
    for (UsageFilter filter : filters) {
      and(
          (filter.exclude() ? "NOT " : "") + "coalesce(f.properties ->> ? = ANY (?), false)",
          filter.property(),
          filter.values().toArray(String[]::new));
    }
  }

  private void and(String condition, Object... values) {
    sql.append(" AND ").append(condition);
    parameters.addAll(Arrays.asList(values));
  }

  private Statement then(String rest, List<Object> values) {
    parameters.addAll(values);
    return new Statement(sql + rest, parameters.toArray());
  }
}
