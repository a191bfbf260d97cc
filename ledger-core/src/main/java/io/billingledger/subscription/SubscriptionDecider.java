package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CatalogRejection.PlanRetiredAlready;
import io.billingledger.catalog.ChangeTiming;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
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
import io.billingledger.subscription.SubscriptionRejection.CancellationPending;
import io.billingledger.subscription.SubscriptionRejection.ChangeBilled;
import io.billingledger.subscription.SubscriptionRejection.ChangeIllegal;
import io.billingledger.subscription.SubscriptionRejection.ChangePending;
import io.billingledger.subscription.SubscriptionRejection.ChangeUnknown;
import io.billingledger.subscription.SubscriptionRejection.CurrencyDiffers;
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
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens to a subscription. Each decision is a list of events; while it is made, each
 * event is applied at once, so that later steps of the same decision see it.
 *
 * <p>What is due with time is in one place, {@link #nextDue}: deadlines, settlements and runs all
 * end in {@link #advance}, which does everything that is due and nothing that is not.
 */
final class SubscriptionDecider {
  private final PriceBook prices;
  private final Instant at;
  private final List<SubscriptionEvent> events = new ArrayList<>();
  private SubscriptionState state;

  SubscriptionDecider(SubscriptionState state, PriceBook prices, Instant at) {
    this.state = state;
    this.prices = prices;
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
   */
  SubscriptionDecider decide(
      CreateSubscription c, PlanSnapshot plan, BillingProfile tenant, boolean trialAllowed) {
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
    Optional<CycleInvoice> voided = s.status().ended() ? Optional.empty() : s.open(c.invoiceId());
    voided.ifPresent(
        invoice -> {
          if (s.status().overdue()) {
            add(new SubscriptionReactivated(s.subscriptionId(), at));
          }
          PlanSnapshot plan = prices.inForce(invoice.planCode(), invoice.period().start());
          LocalDate today = today();
          LocalDate dueOn =
              today.isBefore(invoice.dueOn())
                  ? invoice.dueOn()
                  : today.plusDays(plan.terms().dunning().paymentDays());
          request(
              invoice.cycleNo(),
              invoice.period(),
              s.anchorDay(),
              plan,
              dueOn,
              invoice.attempt() + 1,
              InvoiceReason.REPLACEMENT);
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
      add(new SubscriptionCanceled(s.subscriptionId(), CancelReason.REQUESTED, c.reason(), at));
      return this;
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
      add(new SubscriptionTerminated(s.subscriptionId(), c.invoiceId(), at));
    }
    return this;
  }

  private enum Step {
    START,
    TRIAL_ENDS,
    GIVE_UP,
    RENEW,
    TURN,
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
        if (s.next() != null && s.next().settled()) {
          yield due(s.period().end(), Step.TURN);
        }
        if (s.cancelOn() != null) {
          yield due(s.cancelOn(), Step.END);
        }
        if (s.next() != null) {
          yield Optional.empty();
        }
        if (!s.autoRenew()) {
          yield due(s.period().end(), Step.END);
        }
        if (s.current() != null && !s.current().settled()) {
          yield Optional.empty();
        }
        yield due(
            s.period().end().minusDays(nextPlan(s).terms().dunning().issueDaysBefore()),
            Step.RENEW);
      }
      case CANCELED, TERMINATED -> Optional.empty();
    };
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
          end(CancelReason.REQUESTED);
        } else {
          if (!starts) {
            add(new TrialExpired(s.subscriptionId(), at));
          }
          firstCycle(s.period().end(), starts);
        }
      }
      case GIVE_UP -> {
        withdraw(s.next(), "the first payment did not come in time");
        end(CancelReason.NOT_PAID);
      }
      case RENEW -> {
        PlanSnapshot plan = nextPlan(s);
        LocalDate end = s.period().end();
        int anchor =
            plan.code().equals(s.planCode()) && s.anchorDay() > 0
                ? s.anchorDay()
                : plan.terms().interval().anchorFor(end);
        LocalDate onTime = end.minusDays(plan.terms().dunning().issueDaysBefore());
        LocalDate late = today().plusDays(plan.terms().dunning().paymentDays());
        LocalDate dueOn = today().isAfter(onTime) && late.isAfter(end) ? late : end;
        request(
            s.cycleNo() + 1,
            plan.terms().interval().periodFrom(end, anchor),
            anchor,
            plan,
            dueOn,
            s.asked() + 1,
            s.asked() == 0 ? InvoiceReason.RENEWAL : InvoiceReason.REPLACEMENT);
      }
      case TURN -> turn(s.next());
      case END -> end(s.cancelOn() == null ? CancelReason.NOT_RENEWED : CancelReason.REQUESTED);
    }
  }

  private PlanSnapshot nextPlan(Live s) {
    return prices.inForce(s.planFor(s.cycleNo() + 1), s.period().end());
  }

  private void firstCycle(LocalDate start, boolean starts) {
    Live s = state.live();
    PlanSnapshot plan = prices.inForce(s.planFor(1), start);
    int anchor = plan.terms().interval().anchorFor(start);
    BillingPeriod period = plan.terms().interval().periodFrom(start, anchor);
    LocalDate dueOn = today().plusDays(plan.terms().dunning().paymentDays());
    request(1, period, anchor, plan, dueOn, 1, InvoiceReason.FIRST, starts);
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
          if (s.status().overdue()) {
            add(new SubscriptionReactivated(s.subscriptionId(), at));
          }
          if (s.cycleNo() == 0) {
            turn(state.live().next());
          }
        });
  }

  private void turn(CycleInvoice invoice) {
    add(
        new CycleStarted(
            state.live().subscriptionId(),
            invoice.cycleNo(),
            invoice.period(),
            invoice.planCode(),
            invoice.planVersion(),
            invoice.invoiceId(),
            at));
  }

  private void end(CancelReason reason) {
    Live s = state.live();
    add(
        new SubscriptionCanceled(
            s.subscriptionId(),
            reason,
            reason == CancelReason.REQUESTED ? s.cancelNote() : null,
            at));
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
        old.cycleNo(),
        plan.terms().interval().periodFrom(old.period().start(), anchor),
        anchor,
        plan,
        old.dueOn(),
        old.attempt() + 1,
        InvoiceReason.REPLACEMENT);
  }

  private void withdraw(CycleInvoice invoice, String reason) {
    add(
        new CycleInvoiceWithdrawn(
            state.live().subscriptionId(), invoice.invoiceId(), invoice.cycleNo(), reason, at));
  }

  private void request(
      int cycleNo,
      BillingPeriod period,
      int anchor,
      PlanSnapshot plan,
      LocalDate dueOn,
      int attempt,
      InvoiceReason reason) {
    boolean provided = state.live().status().running();
    request(cycleNo, period, anchor, plan, dueOn, attempt, reason, provided);
  }

  private void request(
      int cycleNo,
      BillingPeriod period,
      int anchor,
      PlanSnapshot plan,
      LocalDate dueOn,
      int attempt,
      InvoiceReason reason,
      boolean collect) {
    Live s = state.live();
    add(
        new CycleInvoiceRequested(
            s.subscriptionId(),
            s.tenantId(),
            InvoiceId.derive(s.subscriptionId(), cycleNo, attempt),
            cycleNo,
            period,
            anchor,
            plan.code(),
            plan.terms().version(),
            s.quantity(),
            dueOn,
            attempt,
            reason,
            collect,
            at));
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
