package io.billingledger.metering;

import io.billingledger.catalog.Meter;
import io.billingledger.invoice.UsageRebill;
import io.billingledger.metering.SpanRecords.CutOffs;
import io.billingledger.metering.UsageSpans.Closed;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.LimitUse;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What was used, from the stored records. A closed span is read by its cut-off, so that the same
 * records come again however much has arrived since.
 */
public final class StoredQuantities implements UsedQuantities {
  private final JdbcTemplate database;
  private final UsageSpans spans;
  private final MeterReader meters;
  private final CarriedUsage carried;

  public StoredQuantities(JdbcTemplate database, UsageSpans spans) {
    this.database = database;
    this.spans = spans;
    this.meters = new MeterReader(database);
    this.carried = new CarriedUsage(database);
  }

  @Override
  public UsageReading read(UsageSpan span) {
    Optional<Closed> closed = spans.find(span.subscriptionId(), span.to());
    return reading(span, closed, Optional.empty()).reading();
  }

  @Override
  public UsageReading close(UsageSpan span, String planCode, int planVersion, Instant at) {
    boolean again = spans.find(span.subscriptionId(), span.to()).isPresent();
    Closed closed =
        spans.close(span, planCode, planVersion, at, UsageRebill.rebilled(span.meters()));
    if (!again) {
      assign(span, closed);
    }
    Taken taken = reading(span, Optional.of(closed), Optional.empty());
    if (!again) {
      carried.keep(span, taken.left());
    }
    return taken.reading();
  }

  @Override
  public UsageReading again(UsageSpan span) {
    return reading(span, Optional.of(closed(span)), Optional.empty()).reading();
  }

  @Override
  public UsageReading again(UsageSpan span, int round) {
    UsageSpans.Recount recount =
        spans
            .recount(span.subscriptionId(), span.to(), round)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s was never counted %d times to %s"
                            .formatted(span.subscriptionId(), round, span.to())));
    return again(span, recount);
  }

  /** What the span comes to with a further cut-off that is not on record yet. */
  UsageReading again(UsageSpan span, UsageSpans.Recount recount) {
    return reading(span, Optional.of(closed(span)), Optional.of(recount)).reading();
  }

  private Closed closed(UsageSpan span) {
    return spans
        .find(span.subscriptionId(), span.to())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s was never closed to %s".formatted(span.subscriptionId(), span.to())));
  }

  /**
   * @param left what is below zero and carried on
   */
  private record Taken(UsageReading reading, Map<CarriedUsage.Key, BigDecimal> left) {}

  private Taken reading(
      UsageSpan span, Optional<Closed> closed, Optional<UsageSpans.Recount> recount) {
    CutOffs cuts = new CutOffs(spans.before(span.subscriptionId(), span.from()), closed, recount);
    Map<CarriedUsage.Key, BigDecimal> left =
        new LinkedHashMap<>(
            cuts.before()
                .map(last -> carried.from(span.subscriptionId(), last.to()))
                .orElse(Map.of()));
    List<MeterUse> uses = new ArrayList<>();
    for (Meter meter : span.meters()) {
      for (MeterReader.Use use : meters.read(span, cuts, meter, left)) {
        uses.add(use.asMeterUse(meter));
      }
    }
    List<LimitUse> limits =
        span.limits().stream()
            .map(
                limit -> {
                  MeterReader.Use use =
                      meters.consumed(span, cuts, limit.module(), limit.metric(), left);
                  return new LimitUse(
                      limit.module(), limit.metric(), use.quantity(), use.records());
                })
            .toList();
    return new Taken(
        new UsageReading(
            uses,
            limits,
            recount
                .map(UsageSpans.Recount::at)
                .or(() -> closed.map(Closed::closedAt))
                .orElse(null)),
        left);
  }

  /**
   * Records that found no subscription when they came belong to the first span that has a meter.
   */
  private void assign(UsageSpan span, Closed closed) {
    if (!span.meters().isEmpty()) {
      SpanRecords.Statement statement =
          SpanRecords.candidates(
              span,
              closed,
              span.meters().stream().map(Meter::metricCode).toList(),
              "INSERT INTO usage_assigned (position, tenant_id, subscription_id, to_at)"
                  + " SELECT f.position, f.tenant_id, '%s', '%s'::timestamptz"
                      .formatted(span.subscriptionId(), span.to()));
      database.update(statement.sql(), statement.parameters());
    }
  }
}
