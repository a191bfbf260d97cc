package io.billingledger.view.quota;

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
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.time.BillingPeriod;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;

/**
 * The cycle that a subscription's consumptions count for, and the plan version that limits it. It
 * turns with the cycle and with nothing else: while an invoice is overdue it stays the ended one. A
 * change of plan within the cycle brings its own limits, and what was used stays used.
 */
@Entity
@Table(name = "view_quota_subscription")
public class QuotaSubscriptionRow extends StreamRow<SubscriptionEvent> {
  @Id private String subscriptionId;
  private String tenantId;
  private String productCode;
  private String planCode;
  private int planVersion;

  @Enumerated(EnumType.STRING)
  private SubscriptionStatus status;

  private int cycleNo;
  private LocalDate periodStart;
  private LocalDate periodEnd;

  @Override
  protected void apply(SubscriptionEvent event) {
    switch (event) {
      case SubscriptionCreated e -> {
        subscriptionId = e.subscriptionId().value();
        tenantId = e.tenantId().value();
        productCode = e.productCode();
        planCode = e.planCode();
        planVersion = e.planVersion();
        status = SubscriptionStatus.PENDING;
      }
      case TrialStarted e ->
          turn(SubscriptionStatus.TRIALING, 0, e.period(), e.planCode(), e.planVersion());
      case CycleStarted e ->
          turn(SubscriptionStatus.ACTIVE, e.cycleNo(), e.period(), e.planCode(), e.planVersion());
      case TrialExpired _ -> status = SubscriptionStatus.TRIAL_EXPIRED;
      case SubscriptionPastDue _ -> status = SubscriptionStatus.PAST_DUE;
      case SubscriptionSuspended _ -> status = SubscriptionStatus.SUSPENDED;
      case SubscriptionReactivated _ -> status = SubscriptionStatus.ACTIVE;
      case SubscriptionCanceled _ -> status = SubscriptionStatus.CANCELED;
      case SubscriptionTerminated _ -> status = SubscriptionStatus.TERMINATED;
      case PlanChanged e -> {
        planCode = e.planCode();
        planVersion = e.planVersion();
      }
      case CycleInvoiceRequested _,
          CycleInvoiceWithdrawn _,
          CycleSettled _,
          PlanChangeRequested _,
          PlanChangeWithdrawn _,
          QuantityChanged _,
          AutoRenewSwitched _,
          CouponRedeemed _,
          CancellationScheduled _,
          CancellationRevoked _ -> {
        // What is asked for or wished changes no limit.
      }
    }
  }

  private void turn(
      SubscriptionStatus now, int cycle, BillingPeriod period, String plan, int version) {
    status = now;
    cycleNo = cycle;
    periodStart = period.start();
    periodEnd = period.end();
    planCode = plan;
    planVersion = version;
  }

  public SubscriptionStatus status() {
    return status;
  }
}
