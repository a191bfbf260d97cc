package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionEvent.AutoRenewSwitched;
import io.billingledger.subscription.SubscriptionEvent.CancellationRevoked;
import io.billingledger.subscription.SubscriptionEvent.CancellationScheduled;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.time.BillingPeriod;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/** A subscription as its history tells it. {@link SubscriptionDecider} decides on it. */
public sealed interface SubscriptionState {

  SubscriptionState NONE = new None();

  record None() implements SubscriptionState {}

  /**
   * @param period of the present cycle or trial; null before either began
   * @param cycleNo of the present cycle; 0 before the first one
   * @param anchorDay of calendar cycles; 0 before the first one was asked for
   * @param current invoice of the present cycle; null before the first cycle
   * @param next invoice of the coming cycle; null until it is asked for
   * @param asked how many invoices were asked for the coming cycle so far
   * @param pendingChange null if none
   * @param cancelOn the local date of a scheduled cancellation; null if none
   * @param cancelNote what the person said who scheduled it
   */
  record Live(
      SubscriptionId subscriptionId,
      TenantId tenantId,
      String productCode,
      String planCode,
      int planVersion,
      int quantity,
      Activation activation,
      LocalDate startOn,
      int trialDays,
      ZoneId zone,
      SubscriptionStatus status,
      boolean autoRenew,
      BillingPeriod period,
      int cycleNo,
      int anchorDay,
      CycleInvoice current,
      CycleInvoice next,
      int asked,
      PendingChange pendingChange,
      LocalDate cancelOn,
      String cancelNote)
      implements SubscriptionState {

    /** The invoice, if it is the present or the coming cycle's and not settled yet. */
    Optional<CycleInvoice> open(InvoiceId invoiceId) {
      return Stream.of(Optional.ofNullable(current), Optional.ofNullable(next))
          .flatMap(Optional::stream)
          .filter(invoice -> !invoice.settled() && invoice.invoiceId().equals(invoiceId))
          .findFirst();
    }

    /** The plan of a cycle that has not begun. */
    String planFor(int cycle) {
      return pendingChange != null && pendingChange.fromCycle() <= cycle
          ? pendingChange.planCode()
          : planCode;
    }

    private Live with(SubscriptionStatus newStatus) {
      return new Live(
          subscriptionId,
          tenantId,
          productCode,
          planCode,
          planVersion,
          quantity,
          activation,
          startOn,
          trialDays,
          zone,
          newStatus,
          autoRenew,
          period,
          cycleNo,
          anchorDay,
          current,
          next,
          asked,
          pendingChange,
          cancelOn,
          cancelNote);
    }

    private Live withInvoices(
        CycleInvoice newCurrent, CycleInvoice newNext, int newAnchorDay, int newAsked) {
      return new Live(
          subscriptionId,
          tenantId,
          productCode,
          planCode,
          planVersion,
          quantity,
          activation,
          startOn,
          trialDays,
          zone,
          status,
          autoRenew,
          period,
          cycleNo,
          newAnchorDay,
          newCurrent,
          newNext,
          newAsked,
          pendingChange,
          cancelOn,
          cancelNote);
    }

    private Live withIntentions(
        boolean newAutoRenew, PendingChange newChange, LocalDate newCancelOn, String newNote) {
      return new Live(
          subscriptionId,
          tenantId,
          productCode,
          planCode,
          planVersion,
          quantity,
          activation,
          startOn,
          trialDays,
          zone,
          status,
          newAutoRenew,
          period,
          cycleNo,
          anchorDay,
          current,
          next,
          asked,
          newChange,
          newCancelOn,
          newNote);
    }

    private Live inCycle(
        SubscriptionStatus newStatus,
        int newCycleNo,
        BillingPeriod newPeriod,
        String newPlanCode,
        int newPlanVersion,
        CycleInvoice newCurrent) {
      boolean changed = pendingChange != null && pendingChange.fromCycle() <= newCycleNo;
      return new Live(
          subscriptionId,
          tenantId,
          productCode,
          newPlanCode,
          newPlanVersion,
          quantity,
          activation,
          startOn,
          trialDays,
          zone,
          newStatus,
          autoRenew,
          newPeriod,
          newCycleNo,
          anchorDay,
          newCurrent,
          null,
          0,
          changed ? null : pendingChange,
          cancelOn,
          cancelNote);
    }
  }

  default SubscriptionState evolve(SubscriptionEvent event) {
    return switch (event) {
      case SubscriptionCreated e ->
          new Live(
              e.subscriptionId(),
              e.tenantId(),
              e.productCode(),
              e.planCode(),
              e.planVersion(),
              e.quantity(),
              e.activation(),
              e.startOn(),
              e.trialDays(),
              e.zone(),
              SubscriptionStatus.PENDING,
              e.autoRenew(),
              null,
              0,
              0,
              null,
              null,
              0,
              null,
              null,
              null);
      case TrialStarted e ->
          live()
              .inCycle(
                  SubscriptionStatus.TRIALING, 0, e.period(), e.planCode(), e.planVersion(), null);
      case TrialExpired _ -> live().with(SubscriptionStatus.TRIAL_EXPIRED);
      case CycleInvoiceRequested e -> {
        CycleInvoice wanted =
            new CycleInvoice(
                e.invoiceId(),
                e.cycleNo(),
                e.period(),
                e.planCode(),
                e.planVersion(),
                e.dueOn(),
                e.attempt(),
                false);
        Live s = live();
        yield e.cycleNo() == s.cycleNo()
            ? s.withInvoices(wanted, s.next(), e.anchorDay(), s.asked())
            : s.withInvoices(s.current(), wanted, e.anchorDay(), e.attempt());
      }
      case CycleInvoiceWithdrawn e -> {
        Live s = live();
        yield s.withInvoices(
            without(s.current(), e.invoiceId()),
            without(s.next(), e.invoiceId()),
            s.anchorDay(),
            s.asked());
      }
      case CycleSettled e -> {
        Live s = live();
        yield s.withInvoices(
            settled(s.current(), e.invoiceId()),
            settled(s.next(), e.invoiceId()),
            s.anchorDay(),
            s.asked());
      }
      case CycleStarted e -> {
        Live s = live();
        yield s.inCycle(
            SubscriptionStatus.ACTIVE,
            e.cycleNo(),
            e.period(),
            e.planCode(),
            e.planVersion(),
            s.next());
      }
      case SubscriptionPastDue _ -> live().with(SubscriptionStatus.PAST_DUE);
      case SubscriptionSuspended _ -> live().with(SubscriptionStatus.SUSPENDED);
      case SubscriptionReactivated _ -> live().with(SubscriptionStatus.ACTIVE);
      case PlanChangeRequested e -> {
        Live s = live();
        yield s.withIntentions(
            s.autoRenew(),
            new PendingChange(e.changeId(), e.planCode(), e.fromCycle(), e.effectiveOn()),
            s.cancelOn(),
            s.cancelNote());
      }
      case PlanChangeWithdrawn _ -> {
        Live s = live();
        yield s.withIntentions(s.autoRenew(), null, s.cancelOn(), s.cancelNote());
      }
      case AutoRenewSwitched e -> {
        Live s = live();
        yield s.withIntentions(e.enabled(), s.pendingChange(), s.cancelOn(), s.cancelNote());
      }
      case CancellationScheduled e -> {
        Live s = live();
        yield s.withIntentions(s.autoRenew(), s.pendingChange(), e.cancelOn(), e.reason());
      }
      case CancellationRevoked _ -> {
        Live s = live();
        yield s.withIntentions(s.autoRenew(), s.pendingChange(), null, null);
      }
      case SubscriptionCanceled _ -> live().with(SubscriptionStatus.CANCELED);
      case SubscriptionTerminated _ -> live().with(SubscriptionStatus.TERMINATED);
    };
  }

  /** The subscription, which must exist here: its shell has been found by its id. */
  default Live live() {
    return switch (this) {
      case Live live -> live;
      case None _ -> throw new IllegalStateException("no subscription was created here");
    };
  }

  private static CycleInvoice without(CycleInvoice invoice, InvoiceId withdrawn) {
    return invoice == null || invoice.invoiceId().equals(withdrawn) ? null : invoice;
  }

  private static CycleInvoice settled(CycleInvoice invoice, InvoiceId settled) {
    return invoice != null && invoice.invoiceId().equals(settled) ? invoice.asSettled() : invoice;
  }
}
