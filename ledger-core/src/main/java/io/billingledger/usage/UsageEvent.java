package io.billingledger.usage;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.kernel.UsageLogId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What history keeps of a tenant's usage. The records themselves are evidence beside it; these seal
 * them, cut them off and tell of limits.
 */
public sealed interface UsageEvent extends LedgerEvent {
  UsageLogId logId();

  TenantId tenantId();

  /**
   * Records were accepted, and can be held against their seal for ever.
   *
   * @param positions where the records came from: a batch has every position of its own; of singles
   *     only those that came one by one belong to it
   * @param sha256 hexadecimal, over the records in the order of their positions ({@link UsageSeal})
   */
  @EventType(name = "usage.batch-accepted")
  record UsageBatchAccepted(
      UsageLogId logId,
      TenantId tenantId,
      UsageBatchId batchId,
      Positions positions,
      int records,
      long firstPosition,
      long lastPosition,
      String sha256,
      Instant at)
      implements UsageEvent {}

  /** How records were brought: many in one request, or each by itself. */
  enum Positions {
    BATCH,
    SINGLES
  }

  /**
   * A span of a subscription was cut off: what is accepted from here on belongs to a later one.
   *
   * @param from the span's first instant
   * @param to its end, which does not belong to it
   * @param cutOff the position below which a record was accepted in time
   * @param closedAt when it was cut off; what lies between the end and this is the grace
   */
  @EventType(name = "usage.span-closed")
  record UsageSpanClosed(
      UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      Instant from,
      Instant to,
      long cutOff,
      Instant closedAt)
      implements UsageEvent {}

  /**
   * A billed span was counted once more, with what came late for meters that say {@code
   * CREDIT_AND_REBILL}.
   *
   * @param round from 1
   * @param metrics whose count changed and that are billed again; none where nothing is
   * @param cutOff the position below which a late record is in this count
   * @param countedAt the instant of the cut-off
   */
  @EventType(name = "usage.span-recounted")
  record UsageSpanRecounted(
      UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      Instant from,
      Instant to,
      int round,
      List<String> metrics,
      long cutOff,
      Instant countedAt)
      implements UsageEvent {
    public UsageSpanRecounted {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * A cycle's use of a limited metric reached a part of its limit, for the first time in the cycle.
   *
   * @param percent 80 or 100
   * @param used with the consumption that reached it
   */
  @EventType(name = "usage.limit-reached")
  record UsageLimitReached(
      UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      String module,
      String metric,
      int percent,
      BigDecimal limit,
      BigDecimal used,
      Instant at)
      implements UsageEvent {}
}
