package io.billingledger.api.subscription;

import io.billingledger.api.security.Caller;
import io.billingledger.api.subscription.PlanChangeResource.Status;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.PendingChange;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionCommand.WithdrawPlanChange;
import io.billingledger.subscription.SubscriptionRejection.ChangeUnknown;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionEnded;
import io.billingledger.view.subscription.SubscriptionRow;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Changes of plan, whoever asks for them. */
@Component
class PlanChanges {
  private final Commands commands;
  private final SubscriptionAnswers subscriptions;

  PlanChanges(Commands commands, SubscriptionAnswers subscriptions) {
    this.commands = commands;
    this.subscriptions = subscriptions;
  }

  /**
   * @param expected version; null for any
   */
  PlanChangeResource request(
      SubscriptionId id,
      PlanChangeId change,
      String planCode,
      Long expected,
      Caller caller,
      Instant at) {
    commands.send(
        new RequestPlanChange(
            id, change, planCode, subscriptions.progress(subscriptions.row(id)), expected, at),
        caller.actor());
    SubscriptionRow row = subscriptions.row(id);
    if (row.pendingChange() != null) {
      return answer(row, row.pendingChange(), Status.PENDING);
    }
    if (row.status().ended()) {
      // Its end was due at this very moment.
      throw new Rejected(new SubscriptionEnded(id, row.status()));
    }
    return new PlanChangeResource(change, id, row.planCode(), row.cycleNo(), at, Status.EFFECTIVE);
  }

  PlanChangeResource withdraw(SubscriptionId id, PlanChangeId change, Caller caller, Instant at) {
    SubscriptionRow before = subscriptions.row(id);
    commands.send(
        new WithdrawPlanChange(id, change, subscriptions.progress(before), at), caller.actor());
    if (before.pendingChange() == null) {
      throw new Rejected(new ChangeUnknown(change));
    }
    return answer(before, before.pendingChange(), Status.WITHDRAWN);
  }

  private static PlanChangeResource answer(
      SubscriptionRow row, PendingChange change, Status status) {
    return new PlanChangeResource(
        change.changeId(),
        new SubscriptionId(row.subscriptionId()),
        change.planCode(),
        change.fromCycle(),
        row.pendingEffectiveAt(),
        status);
  }
}
