package io.billingledger.usage;

import io.billingledger.kernel.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Usage as somebody reports it.
 *
 * @param key identifies the fact within the tenant, for ever
 * @param subscriptionId null unless it is named
 * @param productCode null unless it is named; a subscription is found by it
 */
public record ReportedUsage(
    String key,
    SubscriptionId subscriptionId,
    String productCode,
    String metric,
    BigDecimal quantity,
    Instant usedAt,
    Map<String, String> properties) {
  public ReportedUsage {
    properties = Map.copyOf(properties);
  }
}
