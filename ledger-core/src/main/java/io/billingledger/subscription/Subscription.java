package io.billingledger.subscription;

import io.billingledger.catalog.CatalogRejection.CouponCodeUnknown;
import io.billingledger.catalog.CouponBook;
import io.billingledger.catalog.IssuedCoupon;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StaleVersion;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
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
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionRejection.AlreadyRunning;
import io.billingledger.subscription.SubscriptionRejection.CouponUsedUp;
import io.billingledger.subscription.SubscriptionState.Live;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.TenantRejection.TenantTerminatedAlready;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link SubscriptionState} and {@link SubscriptionDecider}. */
public class Subscription {
  @AggregateIdentifier private SubscriptionId id;
  private SubscriptionState state = SubscriptionState.NONE;

  public Subscription() {}

  /** One running subscription for each tenant and product, and one trial, both by claim. */
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(
      CreateSubscription command,
      PriceBook prices,
      BillingProfiles profiles,
      CouponBook coupons,
      Claims claims) {
    if (id != null) {
      return;
    }
    BillingProfile tenant = profiles.of(command.tenantId());
    if (tenant.terminated()) {
      throw new Rejected(new TenantTerminatedAlready(command.tenantId()));
    }
    LocalDate start =
        command.startOn() == null
            ? LocalDays.dateOf(command.at(), tenant.zone())
            : command.startOn();
    PlanSnapshot plan = prices.inForce(command.planCode(), start);
    String self = command.subscriptionId().value();
    String key = command.tenantId() + "/" + plan.productCode();
    String running = claims.claim(Claims.Kind.RUNNING_SUBSCRIPTION, key, self);
    if (!running.equals(self)) {
      throw new Rejected(new AlreadyRunning(plan.productCode(), running));
    }
    boolean trialAllowed =
        plan.terms().trialDays() > 0 && claims.claim(Claims.Kind.TRIAL, key, self).equals(self);
    apply(
        new SubscriptionDecider(state, prices, profiles, command.at())
            .decide(
                command,
                plan,
                tenant,
                trialAllowed,
                command.couponCode() == null
                    ? null
                    : used(command.couponCode(), self, coupons, claims)),
        claims);
  }

  @CommandHandler
  public Optional<Instant> handle(
      AdvanceSubscription command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    return apply(decider(command, prices, tenants).advance(), claims);
  }

  @CommandHandler
  public void handle(
      SettleCycle command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(WaiveCycle command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      ReplaceCycleInvoice command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      RequestPlanChange command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      ChangeQuantity command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  /** Answers what was asked for, so that whoever sends it can issue it at once. */
  @CommandHandler
  public Optional<CycleInvoiceRequested> handle(
      RebillUsage command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    SubscriptionDecider decided = decider(command, prices, tenants).decide(command);
    apply(decided, claims);
    return decided.events().stream()
        .filter(CycleInvoiceRequested.class::isInstance)
        .map(CycleInvoiceRequested.class::cast)
        .filter(wanted -> wanted.reason() == InvoiceReason.REBILL)
        .findFirst();
  }

  @CommandHandler
  public void handle(
      WithdrawPlanChange command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  /** As often as it may be, also when many redeem it at once: its uses are numbered by claim. */
  @CommandHandler
  public void handle(
      RedeemCoupon command,
      PriceBook prices,
      BillingProfiles tenants,
      CouponBook coupons,
      Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    IssuedCoupon coupon = used(command.code(), id.value(), coupons, claims);
    apply(decider(command, prices, tenants).decide(command, coupon), claims);
  }

  @CommandHandler
  public void handle(
      CancelSubscription command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      ResumeSubscription command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      SwitchAutoRenew command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      MarkPastDue command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      SuspendSubscription command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  @CommandHandler
  public void handle(
      TerminateSubscription command, PriceBook prices, BillingProfiles tenants, Claims claims) {
    apply(decider(command, prices, tenants).decide(command), claims);
  }

  /** The use counts only if what it is for is decided; a refusal gives the number back. */
  private static IssuedCoupon used(
      String code, String subscription, CouponBook coupons, Claims claims) {
    IssuedCoupon coupon =
        coupons.find(code).orElseThrow(() -> new Rejected(new CouponCodeUnknown(code)));
    long use = claims.next(Claims.Kind.COUPON_USE, code, subscription);
    Integer most = coupon.terms().maxUses();
    if (most != null && use > most) {
      throw new Rejected(new CouponUsedUp(code, most));
    }
    return coupon;
  }

  @EventSourcingHandler
  void on(SubscriptionEvent event) {
    id = event.subscriptionId();
    state = state.evolve(event);
  }

  private SubscriptionDecider decider(
      SubscriptionCommand command, PriceBook prices, BillingProfiles tenants) {
    return new SubscriptionDecider(state, prices, tenants, command.at());
  }

  private Optional<Instant> apply(SubscriptionDecider decided, Claims claims) {
    for (SubscriptionEvent event : decided.events()) {
      Applied.to(
          event instanceof SubscriptionCreated created
              ? created.tenantId()
              : state.live().tenantId(),
          List.of(event));
    }
    if (state instanceof Live s && s.status().ended() && !decided.events().isEmpty()) {
      claims.release(
          Claims.Kind.RUNNING_SUBSCRIPTION, s.tenantId() + "/" + s.productCode(), id.value());
    }
    return decided.nextWake();
  }
}
