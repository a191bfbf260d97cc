package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CatalogRejection.PlanRetiredAlready;
import io.billingledger.catalog.ChangeTiming;
import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.catalog.IssuedCoupon;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.ChangeQuantity;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
import io.billingledger.subscription.SubscriptionCommand.RebillUsage;
import io.billingledger.subscription.SubscriptionCommand.RedeemCoupon;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionCommand.ResumeSubscription;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionCommand.SuspendSubscription;
import io.billingledger.subscription.SubscriptionCommand.SwitchAutoRenew;
import io.billingledger.subscription.SubscriptionCommand.TerminateSubscription;
import io.billingledger.subscription.SubscriptionCommand.WaiveCycle;
import io.billingledger.subscription.SubscriptionCommand.WithdrawPlanChange;
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
import io.billingledger.subscription.SubscriptionRejection.CancellationPending;
import io.billingledger.subscription.SubscriptionRejection.ChangeBilled;
import io.billingledger.subscription.SubscriptionRejection.ChangeIllegal;
import io.billingledger.subscription.SubscriptionRejection.ChangePending;
import io.billingledger.subscription.SubscriptionRejection.ChangeUnknown;
import io.billingledger.subscription.SubscriptionRejection.CouponNotApplicable;
import io.billingledger.subscription.SubscriptionRejection.CouponNotValid;
import io.billingledger.subscription.SubscriptionRejection.CouponRedeemedAlready;
import io.billingledger.subscription.SubscriptionRejection.CouponRetiredAlready;
import io.billingledger.subscription.SubscriptionRejection.CurrencyDiffers;
import io.billingledger.subscription.SubscriptionRejection.InvoiceComing;
import io.billingledger.subscription.SubscriptionRejection.InvoiceOpen;
import io.billingledger.subscription.SubscriptionRejection.NextCycleBilled;
import io.billingledger.subscription.SubscriptionRejection.NotYetRunning;
import io.billingledger.subscription.SubscriptionRejection.NothingToResume;
import io.billingledger.subscription.SubscriptionRejection.OtherProduct;
import io.billingledger.subscription.SubscriptionRejection.QuantityInvalid;
import io.billingledger.subscription.SubscriptionRejection.SamePlan;
import io.billingledger.subscription.SubscriptionRejection.StartInPast;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionEnded;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionOverdue;
import io.billingledger.subscription.SubscriptionState.Live;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import io.billingledger.time.PartOfPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what happens to a subscription. Each decision is a list of events; while it is made, each
 * event is applied at once, so that later steps of the same decision see it.
 *
 * <p>What is due with time is in one place, {@link #nextDue}: deadlines, settlements and runs all
 * end in {@link #advance}, which does everything that is due and nothing that is not.
 */
final class SubscriptionDecider {
  private final PriceBook prices;
  private final BillingProfiles tenants;
  private final Instant at;
  private final List<SubscriptionEvent> events = new ArrayList<>();
  private SubscriptionState state;

  SubscriptionDecider(
      SubscriptionState state, PriceBook prices, BillingProfiles tenants, Instant at) {
    this.state = state;
    this.prices = prices;
    this.tenants = tenants;
    this.at = at;
  }

  List<SubscriptionEvent> events() {
    return List.copyOf(events);
  }

  /** When something is due next; empty when only an event can bring the next step. */
  Optional<Instant> nextWake() {
    return nextDue().map(Due::when);
  }

  /**
   * @param trialAllowed false when the tenant has had its trial of the product
   * @param coupon that it begins with; null for none
   */
  SubscriptionDecider decide(
      CreateSubscription c,
      PlanSnapshot plan,
      BillingProfile tenant,
      boolean trialAllowed,
      IssuedCoupon coupon) {
    LocalDate today = LocalDays.dateOf(at, tenant.zone());
    LocalDate startOn = c.startOn() == null ? today : c.startOn();
    refuseIf(startOn.isBefore(today), new StartInPast(startOn, today));
    refuseIf(!plan.active(), new PlanRetiredAlready(plan.code()));
    refuseIf(
        !plan.terms().price().getCurrencyUnit().equals(tenant.currency()),
        new CurrencyDiffers(
            plan.terms().price().getCurrencyUnit().getCode(), tenant.currency().getCode()));
    refuseIf(c.quantity() < 1 || c.quantity() > 1_000_000, new QuantityInvalid(c.quantity()));
    add(
        new SubscriptionCreated(
            c.subscriptionId(),
            c.tenantId(),
            plan.productCode(),
            plan.code(),
            plan.terms().version(),
            c.quantity(),
            c.autoRenew(),
            plan.terms().activation(),
            startOn,
            trialAllowed ? plan.terms().trialDays() : 0,
            tenant.zone(),
            at));
    if (coupon != null) {
      redeem(coupon, plan);
    }
    return advance();
  }

  SubscriptionDecider decide(SettleCycle c) {
    settle(c.invoiceId(), false);
    return advance();
  }

  SubscriptionDecider decide(WaiveCycle c) {
    settle(c.invoiceId(), true);
    return advance();
  }

  SubscriptionDecider decide(ReplaceCycleInvoice c) {
    Live s = state.live();
    Optional<CycleInvoice> voided =
        s.open(c.invoiceId())
            .filter(
                i ->
                    !s.status().ended()
                        || i.reason() == InvoiceReason.FINAL_USAGE
                        || i.reason() == InvoiceReason.REBILL);
    voided.ifPresent(
        invoice -> {
          reactivate(invoice);
          PlanSnapshot plan =
              invoice.reason().ofCycle()
                  ? prices.renewing(
                      invoice.planCode(), invoice.planVersion(), invoice.period().start())
                  : prices.version(invoice.planCode(), invoice.planVersion());
          LocalDate dueOn =
              today().isBefore(invoice.dueOn())
                  ? invoice.dueOn()
                  : today().plusDays(plan.terms().dunning().paymentDays());
          Request again =
              new Request(invoice.cycleNo(), invoice.period(), s.anchorDay(), plan, dueOn)
                  .billing(invoice.usage());
          request(
              invoice.reason().ofCycle()
                  ? again.attempt(invoice.attempt() + 1, InvoiceReason.REPLACEMENT)
                  : again
                      .beside(
                          invoice.replacement(s.subscriptionId()),
                          invoice.attempt() + 1,
                          invoice.reason())
                      .charging(invoice.quantity(), invoice.part()),
              !invoice.reason().ofCycle() || s.status().running());
        });
    return advance();
  }

  SubscriptionDecider decide(RequestPlanChange c) {
    Live s = running();
    refuseIf(s.status().overdue(), new SubscriptionOverdue(s.subscriptionId()));
    refuseIf(
        s.status() != SubscriptionStatus.ACTIVE && s.status() != SubscriptionStatus.TRIALING,
        new NotYetRunning(s.subscriptionId(), s.status()));
    refuseIf(s.cancelOn() != null, new CancellationPending(s.cancelOn()));
    if (s.pendingChange() != null) {
      throw new Rejected(new ChangePending(s.pendingChange().changeId()));
    }
    PlanSnapshot from = prices.version(s.planCode(), s.planVersion());
    PlanSnapshot to = prices.inForce(c.planCode(), s.period().end());
    refuseIf(to.code().equals(s.planCode()), new SamePlan(s.planCode()));
    refuseIf(!to.active(), new PlanRetiredAlready(to.code()));
    refuseIf(
        !to.productCode().equals(s.productCode()), new OtherProduct(to.code(), s.productCode()));
    refuseIf(
        !to.terms().price().isSameCurrency(from.terms().price()),
        new CurrencyDiffers(
            to.terms().price().getCurrencyUnit().getCode(),
            from.terms().price().getCurrencyUnit().getCode()));
    refuseIf(
        from.terms().timingTo(to.code()) == ChangeTiming.ILLEGAL,
        new ChangeIllegal(from.code(), to.code()));
    boolean billed = s.next() != null && isBilled(s.next(), c.progress());
    if (from.terms().timingTo(to.code()) == ChangeTiming.IMMEDIATE
        && s.cycleNo() > 0
        && !billed
        && to.terms().interval().equals(from.terms().interval())) {
      return changeNow(c, from, prices.inForce(c.planCode(), today()));
    }
    add(
        new PlanChangeRequested(
            s.subscriptionId(),
            c.changeId(),
            to.code(),
            billed ? s.cycleNo() + 2 : s.cycleNo() + 1,
            billed ? s.next().period().end() : s.period().end(),
            at));
    if (s.next() != null && !billed) {
      replaceNext("the plan changes to " + to.code());
    }
    return advance();
  }

  /**
   * What is unused of the old plan is given back, the rest of the cycle on the new one is charged.
   */
  private SubscriptionDecider changeNow(RequestPlanChange c, PlanSnapshot from, PlanSnapshot to) {
    Live s = state.live();
    boolean notAskedYet = checkInvoices(s);
    refuseWhileOpen(s);
    PartOfPeriod rest = rest(s).part(to.terms());
    add(
        new PlanChanged(
            s.subscriptionId(),
            c.changeId(),
            to.code(),
            to.terms().version(),
            today(),
            from.terms().postpaid() && s.since().isBefore(today()) ? used(s, today()) : null,
            rest(s).unused(),
            at));
    if (!notAskedYet) {
      requestChange(c.changeId(), to, s.quantity(), rest);
    }
    if (s.next() != null) {
      replaceNext("the plan changes to " + to.code());
    }
    return advance();
  }

  SubscriptionDecider decide(ChangeQuantity c) {
    Live s = running();
    refuseIf(s.status().overdue(), new SubscriptionOverdue(s.subscriptionId()));
    refuseIf(
        s.status() != SubscriptionStatus.ACTIVE && s.status() != SubscriptionStatus.TRIALING,
        new NotYetRunning(s.subscriptionId(), s.status()));
    refuseIf(c.quantity() < 1 || c.quantity() > 1_000_000, new QuantityInvalid(c.quantity()));
    PlanSnapshot plan = plan(s);
    ChangeTiming timing = plan.terms().timingOfQuantity(plan.code());
    refuseIf(timing == ChangeTiming.ILLEGAL, new ChangeIllegal(plan.code(), plan.code()));
    boolean now = timing == ChangeTiming.IMMEDIATE;
    if (c.quantity() == s.quantityFor(now ? s.cycleNo() : s.cycleNo() + 1)
        && (!now || s.nextQuantity() == null)) {
      return this;
    }
    refuseIf(
        s.next() != null && isBilled(s.next(), c.progress()),
        new NextCycleBilled(s.period().end()));
    boolean charged = now && s.cycleNo() > 0 && !checkInvoices(s);
    int more = c.quantity() - s.quantity();
    if (charged && more < 0) {
      refuseWhileOpen(s);
    }
    add(
        new QuantityChanged(
            s.subscriptionId(),
            c.changeId(),
            s.quantity(),
            c.quantity(),
            now ? s.cycleNo() : s.cycleNo() + 1,
            now ? today() : s.period().end(),
            charged && more < 0 ? rest(s).unused(-more) : List.of(),
            at));
    if (charged && more > 0) {
      requestChange(c.changeId(), plan, more, rest(s).part(plan.terms()));
    }
    if (s.next() != null) {
      replaceNext("the quantity changes to " + c.quantity());
    }
    return advance();
  }

  /**
   * Whether the cycle's invoice has not been asked for and will charge for what holds then: on the
   * cycle's first day that is exact, later on it is not.
   */
  private boolean checkInvoices(Live s) {
    refuseIf(!today().isBefore(s.period().end()), new SubscriptionOverdue(s.subscriptionId()));
    if (s.current() != null) {
      return false;
    }
    refuseIf(
        s.period().start().isBefore(today()),
        new InvoiceComing(LocalDays.dateOf(nextWake().orElse(at), s.zone())));
    return true;
  }

  /** Who gives something up is credited what was paid for it, and has to have paid it. */
  private static void refuseWhileOpen(Live s) {
    s.ofThisCycle()
        .filter(invoice -> !invoice.settled())
        .findFirst()
        .ifPresent(
            open -> {
              throw new Rejected(new InvoiceOpen(open.invoiceId()));
            });
  }

  private RestOfCycle rest(Live s) {
    return new RestOfCycle(s, plan(s), at);
  }

  /** An invoice for the rest of the cycle, beside the cycle's own. */
  private void requestChange(
      PlanChangeId change, PlanSnapshot plan, int quantity, PartOfPeriod rest) {
    Live s = state.live();
    request(
        new Request(
                s.cycleNo(),
                new BillingPeriod(today(), s.period().end()),
                s.anchorDay(),
                plan,
                today().plusDays(plan.terms().dunning().paymentDays()))
            .beside(
                InvoiceId.derive(s.subscriptionId(), s.cycleNo(), "change", change),
                1,
                InvoiceReason.CHANGE)
            .charging(quantity, rest),
        true);
  }

  /** Beside the cycles, due some days later, and dunned like any other. */
  SubscriptionDecider decide(RebillUsage c) {
    Live s = state.live();
    UsedPeriod used = c.used();
    InvoiceId invoice =
        InvoiceId.derive(s.subscriptionId(), "rebill", used.period().end(), used.again().round());
    if (s.beside().stream().noneMatch(known -> known.invoiceId().equals(invoice))) {
      PlanSnapshot plan = prices.version(used.planCode(), used.planVersion());
      request(
          new Request(
                  used.cycleNo(),
                  used.period(),
                  s.anchorDay(),
                  plan,
                  today().plusDays(plan.terms().dunning().paymentDays()))
              .billing(List.of(used))
              .beside(invoice, 1, InvoiceReason.REBILL),
          true,
          c.coupons());
    }
    return this;
  }

  SubscriptionDecider decide(WithdrawPlanChange c) {
    Live s = running();
    PendingChange change = s.pendingChange();
    refuseIf(
        change == null || !change.changeId().equals(c.changeId()), new ChangeUnknown(c.changeId()));
    boolean onNext = s.next() != null && s.next().cycleNo() >= change.fromCycle();
    refuseIf(onNext && isBilled(s.next(), c.progress()), new ChangeBilled(c.changeId()));
    add(new PlanChangeWithdrawn(s.subscriptionId(), c.changeId(), at));
    if (onNext) {
      replaceNext("the plan stays " + s.planCode());
    }
    return advance();
  }

  /** Whether it has been used too often, the claim on its next use says. */
  SubscriptionDecider decide(RedeemCoupon c, IssuedCoupon coupon) {
    Live s = running();
    PlanSnapshot plan =
        prices.inForce(s.planFor(s.cycleNo() + 1), s.period() == null ? s.startOn() : today());
    redeem(coupon, plan);
    return this;
  }

  private void redeem(IssuedCoupon coupon, PlanSnapshot plan) {
    Live s = state.live();
    String code = coupon.code();
    CouponTerms terms = coupon.terms();
    refuseIf(
        s.coupons().stream().anyMatch(redeemed -> redeemed.code().equals(code)),
        new CouponRedeemedAlready(code));
    refuseIf(coupon.retired(), new CouponRetiredAlready(code));
    refuseIf(!terms.validOn(today()), new CouponNotValid(code, today()));
    refuseIf(!terms.appliesTo(plan), new CouponNotApplicable(code, plan.code()));
    add(new CouponRedeemed(s.subscriptionId(), code, terms, at));
  }

  SubscriptionDecider decide(CancelSubscription c) {
    Live s = running();
    boolean now = c.cancelAt() == CancelAt.NOW;
    refuseIf(!now && s.cancelOn() != null, new CancellationPending(s.cancelOn()));
    boolean nothingPaidAhead = s.next() == null || !s.next().settled();
    if (s.next() != null && (now || nothingPaidAhead)) {
      withdraw(s.next(), "the subscription is canceled");
    }
    boolean overdueRenewal = s.status().overdue() && s.next() != null;
    if (now
        || s.period() == null
        || s.status() == SubscriptionStatus.TRIAL_EXPIRED
        || overdueRenewal) {
      LocalDate end = LocalDays.dateOf(LocalDays.nextStartOfDay(at, s.zone()), s.zone());
      add(
          new SubscriptionCanceled(
              s.subscriptionId(),
              CancelReason.REQUESTED,
              c.reason(),
              at,
              usedUntil(end),
              now && s.cycleNo() > 0 && today().isBefore(s.period().end())
                  ? rest(s).unused()
                  : List.of()));
      return advance();
    }
    LocalDate paidUntil = nothingPaidAhead ? s.period().end() : s.next().period().end();
    add(new CancellationScheduled(s.subscriptionId(), paidUntil, c.reason(), at));
    return advance();
  }

  SubscriptionDecider decide(ResumeSubscription c) {
    Live s = running();
    refuseIf(s.cancelOn() == null, new NothingToResume(s.subscriptionId()));
    add(new CancellationRevoked(s.subscriptionId(), at));
    return advance();
  }

  SubscriptionDecider decide(SwitchAutoRenew c) {
    Live s = running();
    if (s.autoRenew() == c.enabled()) {
      return this;
    }
    add(new AutoRenewSwitched(s.subscriptionId(), c.enabled(), at));
    boolean unpaidRenewal = s.next() != null && !s.next().settled() && s.cycleNo() > 0;
    if (!c.enabled() && unpaidRenewal && !s.status().overdue()) {
      withdraw(s.next(), "auto-renew was switched off");
    }
    return advance();
  }

  SubscriptionDecider decide(MarkPastDue c) {
    Live s = state.live();
    if (s.status() == SubscriptionStatus.ACTIVE && s.open(c.invoiceId()).isPresent()) {
      add(new SubscriptionPastDue(s.subscriptionId(), c.invoiceId(), at));
    }
    return this;
  }

  SubscriptionDecider decide(SuspendSubscription c) {
    Live s = state.live();
    if (s.status() == SubscriptionStatus.PAST_DUE && s.open(c.invoiceId()).isPresent()) {
      add(new SubscriptionSuspended(s.subscriptionId(), c.invoiceId(), at));
    }
    return this;
  }

  SubscriptionDecider decide(TerminateSubscription c) {
    Live s = state.live();
    if (s.status() == SubscriptionStatus.SUSPENDED && s.open(c.invoiceId()).isPresent()) {
      LocalDate end = LocalDays.dateOf(LocalDays.nextStartOfDay(at, s.zone()), s.zone());
      add(new SubscriptionTerminated(s.subscriptionId(), c.invoiceId(), at, usedUntil(end)));
      return advance();
    }
    return this;
  }

  private enum Step {
    START,
    TRIAL_ENDS,
    GIVE_UP,
    /** Ask for the coming cycle's invoice. */
    RENEW,
    /** To the cycle whose invoice is settled. */
    TURN,
    /** To a cycle whose invoice comes later, with the usage of the one that ends. */
    TURN_UNBILLED,
    /** Ask for that invoice. */
    BILL,
    END
  }

  private record Due(Instant when, Step step) {}

  /** Does everything that is due by now, in its order. */
  SubscriptionDecider advance() {
    for (Optional<Due> due = nextDue();
        due.isPresent() && !due.get().when().isAfter(at);
        due = nextDue()) {
      take(due.get().step());
    }
    return this;
  }

  /** The next step that time brings, and when; the policy of the whole lifecycle. */
  private Optional<Due> nextDue() {
    Live s = state.live();
    return switch (s.status()) {
      case PENDING ->
          s.next() == null ? due(s.startOn(), Step.START) : due(s.next().dueOn(), Step.GIVE_UP);
      case TRIALING -> due(s.period().end(), Step.TRIAL_ENDS);
      case TRIAL_EXPIRED ->
          s.activation() == Activation.ON_FIRST_PAYMENT && s.next() != null
              ? due(s.next().dueOn(), Step.GIVE_UP)
              : Optional.empty();
      case ACTIVE, PAST_DUE, SUSPENDED -> {
        Optional<Due> bill =
            s.unbilled().isEmpty() ? Optional.empty() : due(s.unbilled().getLast(), Step.BILL);
        Optional<Due> step = s.current() == null ? Optional.empty() : nextOfCycle(s);
        yield Stream.of(bill, step).flatMap(Optional::stream).min(Comparator.comparing(Due::when));
      }
      case CANCELED, TERMINATED ->
          s.unbilled().isEmpty() ? Optional.empty() : due(s.unbilled().getLast(), Step.BILL);
    };
  }

  /** The next step of a running cycle whose invoice was asked for. */
  private Optional<Due> nextOfCycle(Live s) {
    if (s.next() != null && s.next().settled()) {
      return due(s.period().end(), Step.TURN);
    }
    if (s.cancelOn() != null) {
      return due(s.cancelOn(), Step.END);
    }
    if (s.next() != null) {
      return Optional.empty();
    }
    if (!s.autoRenew()) {
      return due(s.period().end(), Step.END);
    }
    if (!s.current().settled() || s.status().overdue()) {
      return Optional.empty();
    }
    if (plan(s).terms().postpaid()) {
      return due(s.period().end(), Step.TURN_UNBILLED);
    }
    return due(
        s.period().end().minusDays(nextPlan(s).terms().dunning().issueDaysBefore()), Step.RENEW);
  }

  private void take(Step step) {
    Live s = state.live();
    switch (step) {
      case START -> {
        if (s.trialDays() > 0) {
          add(
              new TrialStarted(
                  s.subscriptionId(),
                  new BillingPeriod(s.startOn(), s.startOn().plusDays(s.trialDays())),
                  s.planCode(),
                  s.planVersion(),
                  at));
        } else {
          firstCycle(s.startOn(), s.activation() == Activation.IMMEDIATE);
        }
      }
      case TRIAL_ENDS -> {
        boolean starts = s.autoRenew() && s.activation() == Activation.IMMEDIATE;
        if (s.cancelOn() != null) {
          end(CancelReason.REQUESTED, s.cancelOn());
        } else {
          if (!starts) {
            add(new TrialExpired(s.subscriptionId(), at));
          }
          firstCycle(s.period().end(), starts);
        }
      }
      case GIVE_UP -> {
        withdraw(s.next(), "the first payment did not come in time");
        end(CancelReason.NOT_PAID, today());
      }
      case RENEW -> {
        PlanSnapshot plan = nextPlan(s);
        LocalDate end = s.period().end();
        int anchor = anchor(s, plan, end);
        LocalDate onTime = end.minusDays(plan.terms().dunning().issueDaysBefore());
        LocalDate late = today().plusDays(plan.terms().dunning().paymentDays());
        LocalDate dueOn = today().isAfter(onTime) && late.isAfter(end) ? late : end;
        request(
            new Request(
                    s.cycleNo() + 1,
                    plan.terms().interval().periodFrom(end, anchor),
                    anchor,
                    plan,
                    dueOn)
                .attempt(
                    s.asked() + 1,
                    s.asked() == 0 ? InvoiceReason.RENEWAL : InvoiceReason.REPLACEMENT),
            s.status().running());
      }
      case TURN -> turn(s.next());
      case TURN_UNBILLED -> turnUnbilled(nextPlan(s), s.period().end());
      case BILL -> bill(s);
      case END ->
          end(
              s.cancelOn() == null ? CancelReason.NOT_RENEWED : CancelReason.REQUESTED,
              s.cancelOn() == null ? s.period().end() : s.cancelOn());
    }
  }

  /** The version that the running cycle, or the trial, has. */
  private PlanSnapshot plan(Live s) {
    return prices.version(s.planCode(), s.planVersion());
  }

  private PlanSnapshot nextPlan(Live s) {
    return planFor(s.cycleNo() + 1, s.period().end());
  }

  /** A change brings the version in force; who stays keeps what was promised. */
  private PlanSnapshot planFor(int cycle, LocalDate start) {
    Live s = state.live();
    String code = s.planFor(cycle);
    return code.equals(s.planCode())
        ? prices.renewing(code, s.planVersion(), start)
        : prices.inForce(code, start);
  }

  /**
   * The first invoice comes at once, unless the trial leaves usage to be billed: then it comes when
   * that is known.
   */
  private void firstCycle(LocalDate start, boolean starts) {
    Live s = state.live();
    PlanSnapshot plan = planFor(1, start);
    List<UsedPeriod> used = s.period() == null ? List.of() : usedInTrial(s);
    if (starts && !used.isEmpty()) {
      turnUnbilled(plan, start);
      return;
    }
    int anchor = plan.terms().interval().anchorFor(start);
    BillingPeriod period = plan.terms().interval().periodFrom(start, anchor);
    LocalDate dueOn = today().plusDays(plan.terms().dunning().paymentDays());
    request(
        new Request(1, period, anchor, plan, dueOn).attempt(1, InvoiceReason.FIRST).billing(used),
        starts);
    if (starts) {
      turn(state.live().next());
    }
  }

  private void settle(InvoiceId invoiceId, boolean waived) {
    Live s = state.live();
    Optional<CycleInvoice> open = s.status().ended() ? Optional.empty() : s.open(invoiceId);
    open.ifPresent(
        invoice -> {
          add(new CycleSettled(s.subscriptionId(), invoiceId, invoice.cycleNo(), waived, at));
          reactivate(invoice);
          if (s.cycleNo() == 0) {
            turn(state.live().next());
          }
        });
  }

  /** Nothing is overdue any more, unless another invoice is. */
  private void reactivate(CycleInvoice gone) {
    Live s = state.live();
    boolean another =
        s.openInvoices()
            .filter(invoice -> !invoice.invoiceId().equals(gone.invoiceId()))
            .anyMatch(invoice -> !invoice.dueOn().isAfter(today()));
    if (s.status().overdue() && !another) {
      add(new SubscriptionReactivated(s.subscriptionId(), at));
    }
  }

  private void turn(CycleInvoice invoice) {
    Live s = state.live();
    add(
        new CycleStarted(
            s.subscriptionId(),
            invoice.cycleNo(),
            invoice.period(),
            invoice.planCode(),
            invoice.planVersion(),
            invoice.invoiceId(),
            at,
            null,
            null));
  }

  private void turnUnbilled(PlanSnapshot plan, LocalDate start) {
    Live s = state.live();
    int anchor = anchor(s, plan, start);
    add(
        new CycleStarted(
            s.subscriptionId(),
            s.cycleNo() + 1,
            plan.terms().interval().periodFrom(start, anchor),
            plan.code(),
            plan.terms().version(),
            null,
            at,
            used(s, start),
            anchor));
  }

  /**
   * The invoice for what was used, due some days after it was asked for: with the running cycle's
   * fee where that is not charged yet; else alone, after a change of plan or the end.
   */
  private void bill(Live s) {
    UsedPeriod last = s.unbilled().getLast();
    boolean alone = s.status().ended() || s.current() != null;
    PlanSnapshot plan = alone ? prices.version(last.planCode(), last.planVersion()) : plan(s);
    LocalDate dueOn = today().plusDays(plan.terms().dunning().paymentDays());
    BillingPeriod period = alone ? last.period() : s.period();
    Request wanted =
        new Request(s.cycleNo(), period, s.anchorDay(), plan, dueOn).billing(s.unbilled());
    request(
        alone
            ? wanted.beside(
                InvoiceId.derive(s.subscriptionId(), s.cycleNo(), "usage", period.end()),
                1,
                InvoiceReason.FINAL_USAGE)
            : wanted.attempt(1, s.cycleNo() == 1 ? InvoiceReason.FIRST : InvoiceReason.RENEWAL),
        true);
  }

  private void end(CancelReason reason, LocalDate on) {
    Live s = state.live();
    add(
        new SubscriptionCanceled(
            s.subscriptionId(),
            reason,
            reason == CancelReason.REQUESTED ? s.cancelNote() : null,
            at,
            usedUntil(on),
            List.of()));
  }

  /** What a subscription that ends leaves to be billed. A trial that does not convert is free. */
  private List<UsedPeriod> usedUntil(LocalDate end) {
    Live s = state.live();
    List<UsedPeriod> used = new ArrayList<>(s.unbilled());
    if (s.cycleNo() > 0 && s.period().start().isBefore(end) && plan(s).terms().postpaid()) {
      used.add(used(s, end));
    }
    return List.copyOf(used);
  }

  /** Empty where usage of the trial is free. */
  private List<UsedPeriod> usedInTrial(Live s) {
    PlanSnapshot plan = plan(s);
    return plan.terms().postpaid() && plan.terms().usage().trialBalance() != null
        ? List.of(used(s, s.period().end()))
        : List.of();
  }

  private UsedPeriod used(Live s, LocalDate end) {
    return new UsedPeriod(
        s.cycleNo(),
        new BillingPeriod(s.since(), end),
        rest(s).whole(),
        s.planCode(),
        s.planVersion(),
        s.quantity());
  }

  private static int anchor(Live s, PlanSnapshot plan, LocalDate start) {
    return plan.code().equals(s.planCode()) && s.anchorDay() > 0
        ? s.anchorDay()
        : plan.terms().interval().anchorFor(start);
  }

  /** Asks for the coming cycle's invoice anew, for the plan that it will have, due as before. */
  private void replaceNext(String reason) {
    CycleInvoice old = state.live().next();
    withdraw(old, reason);
    Live s = state.live();
    PlanSnapshot plan = nextPlan(s);
    int anchor =
        plan.code().equals(old.planCode())
            ? s.anchorDay()
            : plan.terms().interval().anchorFor(old.period().start());
    request(
        new Request(
                old.cycleNo(),
                plan.terms().interval().periodFrom(old.period().start(), anchor),
                anchor,
                plan,
                old.dueOn())
            .attempt(old.attempt() + 1, InvoiceReason.REPLACEMENT),
        s.status().running());
  }

  private void withdraw(CycleInvoice invoice, String reason) {
    add(
        new CycleInvoiceWithdrawn(
            state.live().subscriptionId(), invoice.invoiceId(), invoice.cycleNo(), reason, at));
  }

  /**
   * An invoice to be asked for.
   *
   * @param invoiceId null where it follows from cycle and attempt
   * @param quantity null for the subscription's own
   * @param part null where the period and the plan say it
   */
  private record Request(
      int cycleNo,
      BillingPeriod period,
      int anchor,
      PlanSnapshot plan,
      LocalDate dueOn,
      InvoiceId invoiceId,
      int attempt,
      InvoiceReason reason,
      Integer quantity,
      List<UsedPeriod> usage,
      PartOfPeriod part) {

    Request(int cycleNo, BillingPeriod period, int anchor, PlanSnapshot plan, LocalDate dueOn) {
      this(cycleNo, period, anchor, plan, dueOn, null, 1, null, null, List.of(), null);
    }

    /** The cycle's own. */
    Request attempt(int number, InvoiceReason why) {
      return new Request(
          cycleNo, period, anchor, plan, dueOn, null, number, why, quantity, usage, part);
    }

    Request beside(InvoiceId id, int number, InvoiceReason why) {
      return new Request(
          cycleNo, period, anchor, plan, dueOn, id, number, why, quantity, usage, part);
    }

    Request billing(List<UsedPeriod> used) {
      return new Request(
          cycleNo, period, anchor, plan, dueOn, invoiceId, attempt, reason, quantity, used, part);
    }

    Request charging(int units, PartOfPeriod of) {
      return new Request(
          cycleNo, period, anchor, plan, dueOn, invoiceId, attempt, reason, units, usage, of);
    }
  }

  /**
   * @param collect whether it is dunned; not where nothing is provided before it is paid
   */
  private void request(Request wanted, boolean collect) {
    request(wanted, collect, coupons(wanted));
  }

  private void request(Request wanted, boolean collect, List<CouponDiscount> coupons) {
    Live s = state.live();
    boolean shared =
        wanted.reason() == InvoiceReason.RENEWAL
            && tenants.of(s.tenantId()).grouping() == InvoiceGrouping.CONSOLIDATED;
    add(
        new CycleInvoiceRequested(
            s.subscriptionId(),
            s.tenantId(),
            shared ? sharedInvoice(wanted, collect) : ownInvoice(wanted),
            wanted.cycleNo(),
            wanted.period(),
            wanted.anchor(),
            wanted.plan().code(),
            wanted.plan().terms().version(),
            wanted.quantity() == null ? s.quantityFor(wanted.cycleNo()) : wanted.quantity(),
            wanted.dueOn(),
            wanted.attempt(),
            wanted.reason(),
            collect,
            at,
            wanted.usage(),
            wanted.part(),
            coupons,
            shared));
  }

  private InvoiceId ownInvoice(Request wanted) {
    return wanted.invoiceId() == null
        ? InvoiceId.derive(state.live().subscriptionId(), wanted.cycleNo(), wanted.attempt())
        : wanted.invoiceId();
  }

  /** The same for all that is asked for on this day, due together and dunned alike. */
  private InvoiceId sharedInvoice(Request wanted, boolean collect) {
    PlanTerms terms = wanted.plan().terms();
    return InvoiceId.derive(
        "consolidated",
        state.live().tenantId(),
        terms.price().getCurrencyUnit(),
        today(),
        wanted.dueOn(),
        terms.dunning(),
        collect);
  }

  /** Coupons take off what the cycles cost, not what is charged beside them. */
  private List<CouponDiscount> coupons(Request wanted) {
    return wanted.reason().ofCycle()
        ? state.live().coupons().stream()
            .filter(coupon -> coupon.takesOff(wanted.cycleNo(), wanted.plan()))
            .map(RedeemedCoupon::discount)
            .toList()
        : List.of();
  }

  private boolean isBilled(CycleInvoice next, InvoiceProgress progress) {
    return next.settled() || (progress != null && progress != InvoiceProgress.UNTOUCHED);
  }

  private Live running() {
    Live s = state.live();
    refuseIf(s.status().ended(), new SubscriptionEnded(s.subscriptionId(), s.status()));
    return s;
  }

  private LocalDate today() {
    return LocalDays.dateOf(at, state.live().zone());
  }

  /** When the days of grace after a used period are over. */
  private Optional<Due> due(UsedPeriod used, Step step) {
    PlanSnapshot plan = prices.version(used.planCode(), used.planVersion());
    return due(used.period().end().plusDays(plan.terms().usage().graceDays()), step);
  }

  private Optional<Due> due(LocalDate date, Step step) {
    return Optional.of(new Due(LocalDays.startOf(date, state.live().zone()), step));
  }

  private void add(SubscriptionEvent event) {
    events.add(event);
    state = state.evolve(event);
  }

  private static void refuseIf(boolean refused, Rejection rejection) {
    if (refused) {
      throw new Rejected(rejection);
    }
  }
}
