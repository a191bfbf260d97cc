package io.billingledger.view.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.subscription.CancelReason;
import io.billingledger.subscription.PendingChange;
import io.billingledger.subscription.RedeemedCoupon;
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
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** A subscription, with the dates of its present cycle or trial. */
@Entity
@Table(name = "view_subscription")
public class SubscriptionRow extends StreamRow<SubscriptionEvent> {
  @Id private String subscriptionId;
  private String tenantId;
  private String productCode;
  private String planCode;
  private int planVersion;
  private int quantity;

  /** From the next cycle on; null where it stays. */
  private Integer nextQuantity;

  @Enumerated(EnumType.STRING)
  private SubscriptionStatus status;

  private boolean autoRenew;

  @Enumerated(EnumType.STRING)
  private Activation activation;

  private String zone;
  private LocalDate startOn;
  private LocalDate periodStart;
  private LocalDate periodEnd;
  private int cycleNo;
  private LocalDate trialStart;
  private LocalDate trialEnd;
  private String nextInvoiceId;
  private String pendingChangeId;
  private String pendingPlanCode;
  private Integer pendingFromCycle;
  private LocalDate pendingEffectiveOn;
  private LocalDate cancelOn;
  private Instant canceledAt;

  @Enumerated(EnumType.STRING)
  private CancelReason canceledReason;

  private String cancelNote;
  private Instant endedAt;
  private Instant createdAt;
  private String coupons;

  /** Usage that waits for its invoice; null while there is none. */
  private LocalDate unbilledUntil;

  private String unbilledPlanCode;
  private Integer unbilledPlanVersion;

  @Override
  protected void apply(SubscriptionEvent event) {
    switch (event) {
      case SubscriptionCreated e -> {
        subscriptionId = e.subscriptionId().value();
        coupons = RowJson.NONE;
        tenantId = e.tenantId().value();
        productCode = e.productCode();
        planCode = e.planCode();
        planVersion = e.planVersion();
        quantity = e.quantity();
        status = SubscriptionStatus.PENDING;
        autoRenew = e.autoRenew();
        activation = e.activation();
        zone = e.zone().getId();
        startOn = e.startOn();
        createdAt = e.at();
      }
      case TrialStarted e -> {
        status = SubscriptionStatus.TRIALING;
        trialStart = e.period().start();
        trialEnd = e.period().end();
        inCycle(0, e.period(), e.planCode(), e.planVersion());
      }
      case TrialExpired _ -> status = SubscriptionStatus.TRIAL_EXPIRED;
      case CycleInvoiceRequested e -> {
        if (e.cycleNo() > cycleNo) {
          nextInvoiceId = e.invoiceId().value();
        }
        if (!e.usage().isEmpty()) {
          unbilled(null);
        }
      }
      case CycleInvoiceWithdrawn e -> {
        if (e.invoiceId().value().equals(nextInvoiceId)) {
          nextInvoiceId = null;
        }
      }
      case CycleSettled _ -> {
        // Stands on the cycle.
      }
      case CycleStarted e -> {
        status = SubscriptionStatus.ACTIVE;
        nextInvoiceId = null;
        inCycle(e.cycleNo(), e.period(), e.planCode(), e.planVersion());
        if (e.used() != null) {
          unbilled(e.used());
        }
      }
      case SubscriptionPastDue _ -> status = SubscriptionStatus.PAST_DUE;
      case SubscriptionSuspended _ -> status = SubscriptionStatus.SUSPENDED;
      case SubscriptionReactivated _ -> status = SubscriptionStatus.ACTIVE;
      case PlanChangeRequested e ->
          pending(new PendingChange(e.changeId(), e.planCode(), e.fromCycle(), e.effectiveOn()));
      case PlanChangeWithdrawn _ -> pending(null);
      case PlanChanged e -> {
        planCode = e.planCode();
        planVersion = e.planVersion();
        pending(null);
        if (e.used() != null) {
          unbilled(e.used());
        }
      }
      case QuantityChanged e -> {
        if (e.fromCycle() > cycleNo) {
          nextQuantity = e.quantity();
        } else {
          quantity = e.quantity();
          nextQuantity = null;
        }
      }
      case CouponRedeemed e ->
          coupons =
              RowJson.add(
                  coupons, new RedeemedCoupon(e.code(), e.terms(), null), RedeemedCoupon.class);
      case AutoRenewSwitched e -> autoRenew = e.enabled();
      case CancellationScheduled e -> {
        cancelOn = e.cancelOn();
        cancelNote = e.reason();
      }
      case CancellationRevoked _ -> {
        cancelOn = null;
        cancelNote = null;
      }
      case SubscriptionCanceled e -> {
        status = SubscriptionStatus.CANCELED;
        canceledAt = e.at();
        canceledReason = e.reason();
        cancelNote = e.note();
        endedAt = e.at();
        pending(null);
        unbilled(e.used().isEmpty() ? null : e.used().getLast());
      }
      case SubscriptionTerminated e -> {
        status = SubscriptionStatus.TERMINATED;
        endedAt = e.at();
        pending(null);
        unbilled(e.used().isEmpty() ? null : e.used().getLast());
      }
    }
  }

  private void inCycle(int number, BillingPeriod period, String plan, int version) {
    quantity = nextQuantity == null ? quantity : nextQuantity;
    nextQuantity = null;
    cycleNo = number;
    periodStart = period.start();
    periodEnd = period.end();
    planCode = plan;
    planVersion = version;
    if (pendingFromCycle != null && pendingFromCycle <= number) {
      pending(null);
    }
  }

  private void pending(PendingChange change) {
    pendingChangeId = change == null ? null : change.changeId().value();
    pendingPlanCode = change == null ? null : change.planCode();
    pendingFromCycle = change == null ? null : change.fromCycle();
    pendingEffectiveOn = change == null ? null : change.effectiveOn();
  }

  private void unbilled(UsedPeriod last) {
    unbilledUntil = last == null ? null : last.period().end();
    unbilledPlanCode = last == null ? null : last.planCode();
    unbilledPlanVersion = last == null ? null : last.planVersion();
  }

  public String subscriptionId() {
    return subscriptionId;
  }

  public String tenantId() {
    return tenantId;
  }

  public String productCode() {
    return productCode;
  }

  public String planCode() {
    return planCode;
  }

  public int planVersion() {
    return planVersion;
  }

  public int quantity() {
    return quantity;
  }

  /** From the next cycle on; null where it stays. */
  public Integer nextQuantity() {
    return nextQuantity;
  }

  public SubscriptionStatus status() {
    return status;
  }

  public boolean autoRenew() {
    return autoRenew;
  }

  public Activation activation() {
    return activation;
  }

  public ZoneId zone() {
    return ZoneId.of(zone);
  }

  public Instant startAt() {
    return startOf(startOn);
  }

  /** Of the present cycle or trial; null before either began. */
  public LocalDate periodStart() {
    return periodStart;
  }

  public LocalDate periodEnd() {
    return periodEnd;
  }

  public int cycleNo() {
    return cycleNo;
  }

  public Instant trialStartAt() {
    return startOf(trialStart);
  }

  public Instant trialEndAt() {
    return startOf(trialEnd);
  }

  /** When the next cycle is to begin; null when none is. */
  public Instant nextRenewalAt() {
    return status.running() && autoRenew && cancelOn == null ? startOf(periodEnd) : null;
  }

  /** The invoice of the coming cycle; null while there is none. */
  public String nextInvoiceId() {
    return nextInvoiceId;
  }

  public PendingChange pendingChange() {
    return pendingChangeId == null
        ? null
        : new PendingChange(
            new PlanChangeId(pendingChangeId),
            pendingPlanCode,
            pendingFromCycle,
            pendingEffectiveOn);
  }

  /** When the pending change takes effect; null without one. */
  public Instant pendingEffectiveAt() {
    return startOf(pendingEffectiveOn);
  }

  /** When the scheduled cancellation takes effect; null without one. */
  public Instant cancelAt() {
    return startOf(cancelOn);
  }

  public Instant canceledAt() {
    return canceledAt;
  }

  public CancelReason canceledReason() {
    return canceledReason;
  }

  /** What the person said who canceled it. */
  public List<RedeemedCoupon> coupons() {
    return RowJson.read(coupons, RedeemedCoupon.class);
  }

  public String cancelNote() {
    return cancelNote;
  }

  /** When it was canceled or terminated; null while it has not ended. */
  public Instant endedAt() {
    return endedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  private Instant startOf(LocalDate date) {
    return date == null ? null : LocalDays.startOf(date, zone());
  }
}
