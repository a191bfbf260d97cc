package io.billingledger.usage;

import io.billingledger.kernel.Applied;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.usage.UsageCommand.CloseUsageSpan;
import io.billingledger.usage.UsageCommand.NoteLimitReached;
import io.billingledger.usage.UsageCommand.RecountUsageSpan;
import io.billingledger.usage.UsageCommand.SealUsage;
import io.billingledger.usage.UsageEvent.UsageBatchAccepted;
import io.billingledger.usage.UsageEvent.UsageLimitReached;
import io.billingledger.usage.UsageEvent.UsageSpanClosed;
import io.billingledger.usage.UsageEvent.UsageSpanRecounted;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell of a day's usage log. It has no state: nothing in it depends on what was before. */
public class UsageLog {
  @AggregateIdentifier private UsageLogId id;

  public UsageLog() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(SealUsage c) {
    Applied.to(
        c.tenantId(),
        List.of(
            new UsageBatchAccepted(
                c.logId(),
                c.tenantId(),
                c.batchId(),
                c.positions(),
                c.records(),
                c.firstPosition(),
                c.lastPosition(),
                c.sha256(),
                c.at())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(CloseUsageSpan c) {
    Applied.to(
        c.tenantId(),
        List.of(
            new UsageSpanClosed(
                c.logId(),
                c.tenantId(),
                c.subscriptionId(),
                c.cycleNo(),
                c.from(),
                c.to(),
                c.cutOff(),
                c.at())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(RecountUsageSpan c) {
    Applied.to(
        c.tenantId(),
        List.of(
            new UsageSpanRecounted(
                c.logId(),
                c.tenantId(),
                c.subscriptionId(),
                c.cycleNo(),
                c.from(),
                c.to(),
                c.round(),
                c.metrics(),
                c.cutOff(),
                c.at())));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(NoteLimitReached c) {
    Applied.to(
        c.tenantId(),
        List.of(
            new UsageLimitReached(
                c.logId(),
                c.tenantId(),
                c.subscriptionId(),
                c.cycleNo(),
                c.module(),
                c.metric(),
                c.percent(),
                c.limit(),
                c.used(),
                c.at())));
  }

  @EventSourcingHandler
  void on(UsageEvent event) {
    id = event.logId();
  }
}
