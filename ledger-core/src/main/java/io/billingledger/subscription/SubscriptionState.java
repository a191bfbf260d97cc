package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
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
import io.billingledger.time.BillingPeriod;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A subscription as its history tells it. {@link SubscriptionDecider} decides on it. */
public sealed interface SubscriptionState {

  SubscriptionState NONE = new None();

  record None() implements SubscriptionState {}

  /**
   * @param period of the present cycle or trial; null before either began
   * @param cycleNo of the present cycle; 0 before the first one
   * @param anchorDay of calendar cycles; 0 before the first one was asked for
   * @param current invoice of the present cycle; null before the first cycle, and while an invoice
   *     that comes after the usage of the ended one is not asked for yet
   * @param next invoice of the coming cycle; null until it is asked for
   * @param asked how many invoices were asked for the coming cycle so far
   * @param beside invoices that are no cycle's own: of changes within this cycle, of earlier ones
   *     while they are open, and of the last usage
   * @param since the date from which the present plan holds in this cycle; null before any did
   * @param nextQuantity from the next cycle on; null where it stays
   * @param unbilled ended periods whose usage is to be billed with the next invoice
   * @param pendingChange null if none
   * @param cancelOn the local date of a scheduled cancellation; null if none
   * @param cancelNote what the person said who scheduled it
   * @param coupons that it has redeemed
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
      List<CycleInvoice> beside,
      LocalDate since,
      Integer nextQuantity,
      List<UsedPeriod> unbilled,
      PendingChange pendingChange,
      LocalDate cancelOn,
      String cancelNote,
      List<RedeemedCoupon> coupons)
      implements SubscriptionState {

    /** The invoice, if it was asked for and is not settled yet. */
    Optional<CycleInvoice> open(InvoiceId invoiceId) {
      return openInvoices().filter(invoice -> invoice.invoiceId().equals(invoiceId)).findFirst();
    }

    /** Every invoice that was asked for and is not settled yet. */
    Stream<CycleInvoice> openInvoices() {
      return Stream.concat(
              Stream.of(Optional.ofNullable(current), Optional.ofNullable(next))
                  .flatMap(Optional::stream),
              beside.stream())
          .filter(invoice -> !invoice.settled());
    }

    /** What is charged in advance for the present cycle, all of it that was asked for. */
    Stream<CycleInvoice> ofThisCycle() {
      return Stream.concat(
          Stream.ofNullable(current),
          beside.stream()
              .filter(i -> i.reason() == InvoiceReason.CHANGE && i.cycleNo() == cycleNo));
    }

    /** From which invoices of the cycle so many units are given up: the last ones first. */
    Map<InvoiceId, Integer> givenUp(int units) {
      Map<InvoiceId, Integer> givenUp = new LinkedHashMap<>();
      int left = units;
      for (CycleInvoice invoice : ofThisCycle().toList().reversed()) {
        int taken = Math.min(left, invoice.kept());
        givenUp.put(invoice.invoiceId(), taken);
        left -= taken;
      }
      return givenUp;
    }

    /** The quantity of a cycle that has not begun. */
    int quantityFor(int cycle) {
      return cycle > cycleNo && nextQuantity != null ? nextQuantity : quantity;
    }

    /** The plan of a cycle that has not begun. */
    String planFor(int cycle) {
      return pendingChange != null && pendingChange.fromCycle() <= cycle
          ? pendingChange.planCode()
          : planCode;
    }

    private Live with(Consumer<Draft> change) {
      Draft draft = new Draft(this);
      change.accept(draft);
      return draft.live();
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
              List.of(),
              null,
              null,
              List.of(),
              null,
              null,
              null,
              List.of());
      case TrialStarted e ->
          live()
              .with(
                  to -> {
                    to.status = SubscriptionStatus.TRIALING;
                    to.cycle(0, e.period(), e.planCode(), e.planVersion());
                  });
      case TrialExpired _ -> live().with(to -> to.status = SubscriptionStatus.TRIAL_EXPIRED);
      case CycleInvoiceRequested e -> live().with(to -> to.asked(e));
      case CycleInvoiceWithdrawn e -> live().with(to -> to.withdrawn(e.invoiceId()));
      case CycleSettled e -> live().with(to -> to.settled(e.invoiceId()));
      case CycleStarted e ->
          live()
              .with(
                  to -> {
                    to.status = SubscriptionStatus.ACTIVE;
                    to.cycle(e.cycleNo(), e.period(), e.planCode(), e.planVersion());
                    to.anchorDay = e.anchorDay() == null ? to.anchorDay : e.anchorDay();
                    to.unbilled = e.used() == null ? to.unbilled : plus(to.unbilled, e.used());
                  });
      case SubscriptionPastDue _ -> live().with(to -> to.status = SubscriptionStatus.PAST_DUE);
      case SubscriptionSuspended _ -> live().with(to -> to.status = SubscriptionStatus.SUSPENDED);
      case SubscriptionReactivated _ -> live().with(to -> to.status = SubscriptionStatus.ACTIVE);
      case PlanChangeRequested e ->
          live()
              .with(
                  to ->
                      to.pendingChange =
                          new PendingChange(
                              e.changeId(), e.planCode(), e.fromCycle(), e.effectiveOn()));
      case PlanChangeWithdrawn _ -> live().with(to -> to.pendingChange = null);
      case PlanChanged e ->
          live()
              .with(
                  to -> {
                    to.planCode = e.planCode();
                    to.planVersion = e.planVersion();
                    to.since = e.effectiveOn();
                    to.unbilled = e.used() == null ? to.unbilled : plus(to.unbilled, e.used());
                    to.giveUp(Integer.MAX_VALUE);
                    to.pendingChange = null;
                  });
      case QuantityChanged e -> live().with(to -> to.quantity(e));
      case AutoRenewSwitched e -> live().with(to -> to.autoRenew = e.enabled());
      case CancellationScheduled e ->
          live()
              .with(
                  to -> {
                    to.cancelOn = e.cancelOn();
                    to.cancelNote = e.reason();
                  });
      case CancellationRevoked _ ->
          live()
              .with(
                  to -> {
                    to.cancelOn = null;
                    to.cancelNote = null;
                  });
      case CouponRedeemed e ->
          live()
              .with(
                  to ->
                      to.coupons = plus(to.coupons, new RedeemedCoupon(e.code(), e.terms(), null)));
      case SubscriptionCanceled e ->
          live().with(to -> to.ended(SubscriptionStatus.CANCELED, e.used()));
      case SubscriptionTerminated e ->
          live().with(to -> to.ended(SubscriptionStatus.TERMINATED, e.used()));
    };
  }

  /** The subscription, which must exist here: its shell has been found by its id. */
  default Live live() {
    return switch (this) {
      case Live live -> live;
      case None _ -> throw new IllegalStateException("no subscription was created here");
    };
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  /** What an event may change, while it does. */
  final class Draft {
    private final Live from;
    private String planCode;
    private int planVersion;
    private int quantity;
    private SubscriptionStatus status;
    private boolean autoRenew;
    private BillingPeriod period;
    private int cycleNo;
    private int anchorDay;
    private CycleInvoice current;
    private CycleInvoice next;
    private int asked;
    private List<CycleInvoice> beside;
    private LocalDate since;
    private Integer nextQuantity;
    private List<UsedPeriod> unbilled;
    private PendingChange pendingChange;
    private LocalDate cancelOn;
    private String cancelNote;
    private List<RedeemedCoupon> coupons;

    private Draft(Live from) {
      this.from = from;
      planCode = from.planCode();
      planVersion = from.planVersion();
      quantity = from.quantity();
      status = from.status();
      autoRenew = from.autoRenew();
      period = from.period();
      cycleNo = from.cycleNo();
      anchorDay = from.anchorDay();
      current = from.current();
      next = from.next();
      asked = from.asked();
      beside = from.beside();
      since = from.since();
      nextQuantity = from.nextQuantity();
      unbilled = from.unbilled();
      pendingChange = from.pendingChange();
      cancelOn = from.cancelOn();
      cancelNote = from.cancelNote();
      coupons = from.coupons();
    }

    private Live live() {
      return new Live(
          from.subscriptionId(),
          from.tenantId(),
          from.productCode(),
          planCode,
          planVersion,
          quantity,
          from.activation(),
          from.startOn(),
          from.trialDays(),
          from.zone(),
          status,
          autoRenew,
          period,
          cycleNo,
          anchorDay,
          current,
          next,
          asked,
          List.copyOf(beside),
          since,
          nextQuantity,
          List.copyOf(unbilled),
          pendingChange,
          cancelOn,
          cancelNote,
          coupons);
    }

    private void cycle(int number, BillingPeriod newPeriod, String plan, int version) {
      quantity = nextQuantity == null ? quantity : nextQuantity;
      nextQuantity = null;
      cycleNo = number;
      period = newPeriod;
      since = newPeriod.start();
      planCode = plan;
      planVersion = version;
      current = next;
      next = null;
      asked = 0;
      beside = beside.stream().filter(invoice -> !invoice.settled()).toList();
      if (pendingChange != null && pendingChange.fromCycle() <= number) {
        pendingChange = null;
      }
    }

    private void asked(CycleInvoiceRequested e) {
      CycleInvoice wanted = CycleInvoice.of(e);
      coupons = coupons.stream().map(coupon -> used(coupon, e)).toList();
      if (!e.usage().isEmpty() && e.reason() != InvoiceReason.REBILL) {
        unbilled = List.of();
      }
      if (!e.reason().ofCycle()) {
        beside =
            plus(beside.stream().filter(invoice -> !wanted.isInPlaceOf(invoice)).toList(), wanted);
        return;
      }
      anchorDay = e.anchorDay();
      if (e.cycleNo() == cycleNo) {
        current = wanted;
      } else {
        next = wanted;
        asked = e.attempt();
      }
    }

    private void quantity(QuantityChanged e) {
      if (e.fromCycle() > cycleNo) {
        nextQuantity = e.quantity();
        return;
      }
      if (e.quantity() < quantity) {
        giveUp(quantity - e.quantity());
      }
      quantity = e.quantity();
      nextQuantity = null;
    }

    private void giveUp(int units) {
      Map<InvoiceId, Integer> givenUp = from.givenUp(units);
      current = current == null ? null : less(current, givenUp);
      beside = beside.stream().map(invoice -> less(invoice, givenUp)).toList();
    }

    private static CycleInvoice less(CycleInvoice invoice, Map<InvoiceId, Integer> givenUp) {
      return invoice.keeping(invoice.kept() - givenUp.getOrDefault(invoice.invoiceId(), 0));
    }

    private static RedeemedCoupon used(RedeemedCoupon coupon, CycleInvoiceRequested e) {
      return e.coupons().stream().anyMatch(use -> use.code().equals(coupon.code()))
          ? coupon.usedIn(e.cycleNo())
          : coupon;
    }

    private void withdrawn(InvoiceId invoiceId) {
      current = isOf(current, invoiceId) ? null : current;
      next = isOf(next, invoiceId) ? null : next;
      beside = beside.stream().filter(invoice -> !isOf(invoice, invoiceId)).toList();
    }

    private void settled(InvoiceId invoiceId) {
      current = isOf(current, invoiceId) ? current.asSettled() : current;
      next = isOf(next, invoiceId) ? next.asSettled() : next;
      beside =
          beside.stream()
              .map(invoice -> isOf(invoice, invoiceId) ? invoice.asSettled() : invoice)
              .toList();
    }

    private void ended(SubscriptionStatus as, List<UsedPeriod> used) {
      status = as;
      unbilled = used;
    }

    private static boolean isOf(CycleInvoice invoice, InvoiceId invoiceId) {
      return invoice != null && invoice.invoiceId().equals(invoiceId);
    }
  }
}
