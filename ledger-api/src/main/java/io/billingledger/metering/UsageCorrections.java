package io.billingledger.metering;

import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.Acceptance;
import io.billingledger.usage.Metered;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection.IsConsumption;
import io.billingledger.usage.UsageRejection.KeyConflict;
import io.billingledger.usage.UsageRejection.PeriodClosed;
import io.billingledger.usage.UsageRejection.ReversalIsFinal;
import io.billingledger.usage.UsageRejection.UsageAlreadyReversed;
import io.billingledger.usage.UsageRejection.UsageUnknown;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes records back, and puts others in their place: always by adding. While the record's span is
 * open the two cancel out. Once it is closed, the span is counted and billed again where its meter
 * says so; else the reversal counts in the next span, with its sign, unless the meter takes nothing
 * late or does not add up: what a level was then cannot be taken off a level now.
 */
public final class UsageCorrections {
  private static final Set<Aggregation> ADD_UP = EnumSet.of(Aggregation.SUM, Aggregation.COUNT);

  private final UsageStore store;
  private final MeteredSubscriptions subscriptions;
  private final UsageSpans spans;

  public UsageCorrections(UsageStore store, MeteredSubscriptions subscriptions, UsageSpans spans) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.spans = spans;
  }

  /**
   * @param key of the reversal
   * @throws Rejected {@code usage.unknown}, {@code usage.already-reversed}, {@code
   *     usage.reversal-final}, {@code usage.is-consumption}, {@code usage.period-closed}
   */
  public UsageRecord reverse(TenantId tenant, UsageId id, String key, Instant now, Actor actor) {
    long first = store.beginSingle(tenant);
    UsageRecord reversal = reversal(tenant, id, key, now, actor);
    add(first, List.of(reversal), id);
    return reversal;
  }

  /**
   * Takes a record back and accepts another one in its place.
   *
   * @param instead with a key of its own
   * @return the record that stands in
   * @throws Rejected as {@link #reverse} and {@link Acceptance#accept}
   */
  public UsageRecord replace(
      TenantId tenant, UsageId id, String key, ReportedUsage instead, Instant now, Actor actor) {
    long first = store.beginSingle(tenant);
    UsageRecord reversal = reversal(tenant, id, key, now, actor);
    UsageRecord standIn =
        Acceptance.accept(instead, tenant, subscriptions.of(tenant), now, actor).replacing(id);
    add(first, List.of(reversal, standIn), id);
    return standIn;
  }

  private UsageRecord reversal(TenantId tenant, UsageId id, String key, Instant now, Actor actor) {
    UsageStore.Found found =
        store.find(tenant, id).orElseThrow(() -> new Rejected(new UsageUnknown(id)));
    UsageRecord usage = found.usage();
    if (usage.reverses() != null) {
      throw new Rejected(new ReversalIsFinal(id));
    }
    if (usage.counted() != null) {
      throw new Rejected(new IsConsumption(id));
    }
    found
        .reversedBy()
        .ifPresent(
            by -> {
              throw new Rejected(new UsageAlreadyReversed(id, by));
            });
    spans
        .closedSpan(usage, found.position())
        .filter(_ -> cannotFollow(tenant, usage))
        .ifPresent(
            closed -> {
              throw new Rejected(new PeriodClosed(usage.metric(), usage.usedAt(), closed.to()));
            });
    return usage.reversal(UsageId.derive(tenant.value(), key), now, actor, key);
  }

  private boolean cannotFollow(TenantId tenant, UsageRecord usage) {
    Optional<Metered> metered =
        subscriptions.of(tenant).stream()
            .filter(each -> each.id().equals(usage.subscriptionId()))
            .findFirst();
    if (metered.filter(each -> each.rebills(usage.metric(), usage.usedAt())).isPresent()) {
      return false;
    }
    Optional<Meter> meter = metered.flatMap(each -> each.meter(usage.metric()));
    return metered.filter(each -> each.endedAt() != null).isPresent()
        || meter.filter(each -> each.lateUsage() == LateUsage.REJECT).isPresent()
        || meter.filter(each -> !ADD_UP.contains(each.aggregation())).isPresent();
  }

  private void add(long first, List<UsageRecord> records, UsageId id) {
    int added =
        store
            .add(first, records, records.stream().map(UsageRecord::digest).toList(), true)
            .cardinality();
    if (added < records.size()) {
      UsageRecord reversal = records.getFirst();
      throw new Rejected(
          store
              .find(reversal.tenantId(), id)
              .flatMap(UsageStore.Found::reversedBy)
              .<io.billingledger.usage.UsageRejection>map(by -> new UsageAlreadyReversed(id, by))
              .orElseGet(() -> new KeyConflict(records.getLast().idempotencyKey(), reversal.id())));
    }
  }
}
