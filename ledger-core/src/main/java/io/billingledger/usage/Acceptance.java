package io.billingledger.usage;

import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.MeterType;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRejection.NoSuchSubscription;
import io.billingledger.usage.UsageRejection.PeriodClosed;
import io.billingledger.usage.UsageRejection.QuantityNegative;
import io.billingledger.usage.UsageRejection.UsedInFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether reported usage is accepted, and whose it is: of the subscription that is named, else of
 * the tenant's subscription to the product that is named, else of the one whose plan has a meter
 * for it, the primary product's first. Never refused for a limit, nor because nothing charges for
 * it; where no subscription can take it, it is kept without one.
 */
public final class Acceptance {
  /** How far the clocks of those who report may be ahead of ours. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private Acceptance() {}

  /**
   * @param metered the tenant's subscriptions, the newest first
   * @throws Rejected {@code usage.in-future}, {@code usage.no-such-subscription}, {@code
   *     usage.period-closed}, {@code usage.quantity-negative}
   */
  public static UsageRecord accept(
      ReportedUsage reported, TenantId tenant, List<Metered> metered, Instant now, Actor actor) {
    UsageRecord record = unchecked(reported, tenant, now, actor);
    if (reported.usedAt().isAfter(now.plus(AHEAD))) {
      throw new Rejected(new UsedInFuture(reported.usedAt(), now));
    }
    Optional<Metered> taker = taker(reported, metered);
    if (reported.quantity().signum() < 0
        && taker
            .flatMap(each -> each.meter(reported.metric()))
            .filter(meter -> meter.type() == MeterType.COUNTER)
            .filter(meter -> meter.aggregation() == Aggregation.TIME_WEIGHTED)
            .isEmpty()) {
      throw new Rejected(new QuantityNegative(reported.metric()));
    }
    taker
        .filter(each -> each.closed(reported.usedAt()))
        .filter(each -> !each.rebills(reported.metric(), reported.usedAt()))
        .filter(each -> refusesLate(each, reported.metric()))
        .ifPresent(
            each -> {
              throw new Rejected(
                  new PeriodClosed(reported.metric(), reported.usedAt(), each.closedTo()));
            });
    return taker.map(each -> with(record, each.id())).orElse(record);
  }

  /** The record as it would be without a subscription; it has the digest of an accepted one. */
  public static UsageRecord unchecked(
      ReportedUsage reported, TenantId tenant, Instant now, Actor actor) {
    return new UsageRecord(
        UsageId.derive(tenant.value(), reported.key()),
        tenant,
        reported.key(),
        reported.subscriptionId(),
        reported.subscriptionId() != null,
        reported.productCode(),
        null,
        reported.metric(),
        reported.quantity(),
        reported.usedAt(),
        reported.properties(),
        null,
        null,
        null,
        now,
        actor);
  }

  /** Whether usage of a closed span is refused; without a meter it belongs to the next one. */
  public static boolean refusesLate(Metered metered, String metric) {
    return metered.meter(metric).filter(meter -> meter.lateUsage() == LateUsage.REJECT).isPresent();
  }

  private static Optional<Metered> taker(ReportedUsage reported, List<Metered> metered) {
    if (reported.subscriptionId() != null) {
      Metered named =
          metered.stream()
              .filter(each -> each.id().equals(reported.subscriptionId()))
              .filter(
                  each ->
                      reported.productCode() == null
                          || each.productCode().equals(reported.productCode()))
              .findFirst()
              .orElseThrow(() -> none(reported.subscriptionId().value()));
      if (!named.takes(reported.metric(), reported.usedAt())) {
        throw named.closed(reported.usedAt())
            ? new Rejected(new PeriodClosed(reported.metric(), reported.usedAt(), named.closedTo()))
            : none(named.id().value());
      }
      return Optional.of(named);
    }
    List<Metered> takers =
        metered.stream()
            .filter(
                each ->
                    reported.productCode() == null
                        || each.productCode().equals(reported.productCode()))
            .filter(each -> each.takes(reported.metric(), reported.usedAt()))
            .toList();
    if (takers.isEmpty() && reported.productCode() != null) {
      throw none(reported.productCode());
    }
    return takers.stream()
        .min(
            Comparator.comparing((Metered each) -> each.meter(reported.metric()).isEmpty())
                .thenComparing(each -> !each.primary()));
  }

  private static Rejected none(String named) {
    return new Rejected(new NoSuchSubscription(named));
  }

  private static UsageRecord with(UsageRecord record, SubscriptionId subscription) {
    return new UsageRecord(
        record.id(),
        record.tenantId(),
        record.idempotencyKey(),
        subscription,
        record.named(),
        record.productCode(),
        null,
        record.metric(),
        record.quantity(),
        record.usedAt(),
        record.properties(),
        null,
        null,
        null,
        record.recordedAt(),
        record.actor());
  }
}
