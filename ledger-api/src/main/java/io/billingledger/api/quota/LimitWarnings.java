package io.billingledger.api.quota;

import io.billingledger.entitlement.Allowance;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.usage.UsageCommand.NoteLimitReached;
import io.billingledger.usage.UsageRecord;
import java.math.BigDecimal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells history, once a cycle, that the use of a metric reached a part of its limit. In the
 * transaction of the consumption that reached it, which holds the counter: exactly one does.
 */
final class LimitWarnings {
  private final JdbcClient database;
  private final Commands commands;

  LimitWarnings(JdbcClient database, Commands commands) {
    this.database = database;
    this.commands = commands;
  }

  void after(UsageRecord consumption, Allowance allowance, BigDecimal used) {
    for (int percent : allowance.reached(used.subtract(consumption.quantity()), used)) {
      if (first(consumption, percent)) {
        commands.send(
            new NoteLimitReached(
                UsageLogId.of(consumption.tenantId(), consumption.recordedAt()),
                consumption.tenantId(),
                consumption.subscriptionId(),
                consumption.counted().cycleNo(),
                consumption.module(),
                consumption.metric(),
                percent,
                allowance.limit(),
                used,
                consumption.recordedAt()),
            consumption.actor());
      }
    }
  }

  /** A cycle that falls below a part of its limit and reaches it again is not told of again. */
  private boolean first(UsageRecord consumption, int percent) {
    return database
            .sql(
                "INSERT INTO usage_limit_reached (tenant_id, subscription_id, cycle_no, module,"
                    + " metric, percent) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(
                consumption.tenantId().value(),
                consumption.subscriptionId().value(),
                consumption.counted().cycleNo(),
                consumption.module(),
                consumption.metric(),
                percent)
            .update()
        == 1;
  }
}
