package io.billingledger.saga.provisioning;

import io.billingledger.kernel.SubscriptionId;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.AutoRenewSwitched;
import io.billingledger.subscription.SubscriptionEvent.CancellationRevoked;
import io.billingledger.subscription.SubscriptionEvent.CancellationScheduled;
import io.billingledger.subscription.SubscriptionEvent.CouponRedeemed;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.QuantityChanged;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a tenant's provisioned things are to be held, by its subscriptions: while one of them is
 * suspended, and after that until one runs (canceling a suspended one does not release them).
 *
 * @param running ids of the subscriptions whose service runs
 * @param suspended ids of those that are suspended
 */
public record Standing(boolean held, Set<String> running, Set<String> suspended) {
  public static final Standing NEW = new Standing(false, Set.of(), Set.of());

  Standing after(SubscriptionEvent event) {
    return switch (event) {
      case TrialStarted _, CycleStarted _ ->
          suspended.contains(event.subscriptionId().value())
              ? this
              : with(event.subscriptionId(), true, false);
      case SubscriptionReactivated e -> with(e.subscriptionId(), true, false);
      case SubscriptionSuspended e -> with(e.subscriptionId(), false, true);
      case SubscriptionCanceled e -> with(e.subscriptionId(), false, false);
      case SubscriptionTerminated e -> with(e.subscriptionId(), false, false);
      case TrialExpired e -> with(e.subscriptionId(), false, false);
      case SubscriptionCreated _,
          CycleInvoiceRequested _,
          CycleInvoiceWithdrawn _,
          CycleSettled _,
          SubscriptionPastDue _,
          PlanChangeRequested _,
          PlanChangeWithdrawn _,
          PlanChanged _,
          QuantityChanged _,
          AutoRenewSwitched _,
          CouponRedeemed _,
          CancellationScheduled _,
          CancellationRevoked _ ->
          this;
    };
  }

  /** What has to be done to come from here to there. */
  Optional<ProvisioningAction> to(Standing next) {
    if (held == next.held) {
      return Optional.empty();
    }
    return Optional.of(next.held ? ProvisioningAction.SUSPEND : ProvisioningAction.UNSUSPEND);
  }

  private Standing with(SubscriptionId subscription, boolean runs, boolean isSuspended) {
    Set<String> nowRunning = changed(running, subscription, runs);
    Set<String> nowSuspended = changed(suspended, subscription, isSuspended);
    return new Standing(
        !nowSuspended.isEmpty() || held && nowRunning.isEmpty(), nowRunning, nowSuspended);
  }

  private static Set<String> changed(Set<String> set, SubscriptionId id, boolean in) {
    Set<String> changed = new TreeSet<>(set);
    if (in) {
      changed.add(id.value());
    } else {
      changed.remove(id.value());
    }
    return changed;
  }
}
