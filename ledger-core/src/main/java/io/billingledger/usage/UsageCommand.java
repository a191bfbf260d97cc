package io.billingledger.usage;

import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.usage.UsageEvent.Positions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What is to be kept in history about usage. Whether it is due was decided with the records, in the
 * transaction of the same unit of work.
 */
public sealed interface UsageCommand {

  record SealUsage(
      @TargetAggregateIdentifier UsageLogId logId,
      TenantId tenantId,
      UsageBatchId batchId,
      Positions positions,
      int records,
      long firstPosition,
      long lastPosition,
      String sha256,
      Instant at)
      implements UsageCommand {}

  record CloseUsageSpan(
      @TargetAggregateIdentifier UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      Instant from,
      Instant to,
      long cutOff,
      Instant at)
      implements UsageCommand {}

  record RecountUsageSpan(
      @TargetAggregateIdentifier UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      Instant from,
      Instant to,
      int round,
      List<String> metrics,
      long cutOff,
      Instant at)
      implements UsageCommand {
    public RecountUsageSpan {
      metrics = List.copyOf(metrics);
    }
  }

  record NoteLimitReached(
      @TargetAggregateIdentifier UsageLogId logId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      int cycleNo,
      String module,
      String metric,
      int percent,
      BigDecimal limit,
      BigDecimal used,
      Instant at)
      implements UsageCommand {}
}
