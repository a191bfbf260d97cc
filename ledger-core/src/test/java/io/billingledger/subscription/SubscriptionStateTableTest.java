package io.billingledger.subscription;

import static io.billingledger.subscription.Given.invoice;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CouponDuration;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.StateTable;
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
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SubscriptionStateTableTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 10);
  private static final PlanChangeId CHANGE = PlanChangeId.derive("table");

  /** A subscription, the day it has come to, and the cycle whose invoice is of interest. */
  private record At(Given given, int day, int cycle) {
    Instant instant() {
      return given.day(day);
    }
  }

  private final Prices prices =
      Prices.usual()
          .plan("trial", "150000.00", new BillingInterval.RollingDays(30), 14, Activation.IMMEDIATE)
          .plan(
              "prepaid",
              "150000.00",
              new BillingInterval.RollingDays(30),
              0,
              Activation.ON_FIRST_PAYMENT)
          .metered("metered", 0, null);

  @Test
  void everyCommandInEveryState() throws IOException {
    new StateTable<At>("Subscription: state × command")
        .state("PENDING", new At(Given.subscribed(prices, "prepaid", START), 3, 1))
        .state("TRIALING", new At(Given.subscribed(prices, "trial", START), 3, 1))
        .state(
            "TRIAL_EXPIRED",
            new At(Given.subscribed(prices, "trial", START, false).advancedTo(14), 20, 1))
        .state("ACTIVE", new At(renewing(), 25, 2))
        .state("ACTIVE, usage to bill", new At(metered().advancedTo(30), 30, 2))
        .state("PAST_DUE", new At(renewing().overdue(30, invoice(2)), 31, 2))
        .state(
            "SUSPENDED",
            new At(renewing().overdue(30, invoice(2)).suspended(37, invoice(2)), 38, 2))
        .state("CANCELED", new At(canceled(), 31, 2))
        .state(
            "CANCELED, usage to bill",
            new At(
                metered()
                    .when(
                        20,
                        d ->
                            d.decide(
                                new CancelSubscription(
                                    Given.ID, CancelAt.NOW, "enough", null, null))),
                22,
                1))
        .state(
            "TERMINATED",
            new At(
                renewing()
                    .overdue(30, invoice(2))
                    .suspended(37, invoice(2))
                    .terminated(60, invoice(2)),
                61,
                2))
        .checkStates(SubscriptionStatus.values())
        // An aggregate that exists takes its creation again as done.
        .command(CreateSubscription.class, at -> List.of())
        .command(AdvanceSubscription.class, decide((at, d) -> d.advance()))
        .command(
            SettleCycle.class,
            decide(
                (at, d) -> d.decide(new SettleCycle(Given.ID, invoice(at.cycle()), at.instant()))))
        .command(
            ReplaceCycleInvoice.class,
            decide(
                (at, d) ->
                    d.decide(new ReplaceCycleInvoice(Given.ID, invoice(at.cycle()), at.instant()))))
        .command(
            WaiveCycle.class,
            decide(
                (at, d) -> d.decide(new WaiveCycle(Given.ID, invoice(at.cycle()), at.instant()))))
        .command(
            RequestPlanChange.class,
            decide(
                (at, d) ->
                    d.decide(
                        new RequestPlanChange(
                            Given.ID,
                            CHANGE,
                            "pro",
                            InvoiceProgress.UNTOUCHED,
                            null,
                            at.instant()))))
        .command(
            ChangeQuantity.class,
            decide(
                (at, d) ->
                    d.decide(
                        new ChangeQuantity(
                            Given.ID, CHANGE, 3, InvoiceProgress.UNTOUCHED, null, at.instant()))))
        .command(
            WithdrawPlanChange.class,
            decide(
                (at, d) ->
                    d.decide(
                        new WithdrawPlanChange(
                            Given.ID, CHANGE, InvoiceProgress.UNTOUCHED, at.instant()))))
        .command(
            RebillUsage.class,
            decide(
                (at, d) ->
                    d.decide(
                        new RebillUsage(
                            Given.ID,
                            new UsedPeriod(
                                1,
                                new BillingPeriod(START, START.plusDays(30)),
                                new BillingPeriod(START, START.plusDays(30)),
                                "metered",
                                1,
                                1,
                                new BilledAgain(1, List.of("calls"))),
                            List.of(),
                            at.instant()))))
        .command(
            RedeemCoupon.class,
            decide(
                (at, d) ->
                    d.decide(
                        new RedeemCoupon(Given.ID, "TENTH", null, at.instant()),
                        CouponsTest.coupon("TENTH", CouponDuration.ONCE, null))))
        .command(
            CancelSubscription.class,
            decide(
                (at, d) ->
                    d.decide(
                        new CancelSubscription(
                            Given.ID, CancelAt.PERIOD_END, "enough", null, at.instant()))))
        .command(
            ResumeSubscription.class,
            decide((at, d) -> d.decide(new ResumeSubscription(Given.ID, null, at.instant()))))
        .command(
            SwitchAutoRenew.class,
            decide((at, d) -> d.decide(new SwitchAutoRenew(Given.ID, false, null, at.instant()))))
        .command(
            MarkPastDue.class,
            decide(
                (at, d) -> d.decide(new MarkPastDue(Given.ID, invoice(at.cycle()), at.instant()))))
        .command(
            SuspendSubscription.class,
            decide(
                (at, d) ->
                    d.decide(new SuspendSubscription(Given.ID, invoice(at.cycle()), at.instant()))))
        .command(
            TerminateSubscription.class,
            decide(
                (at, d) ->
                    d.decide(
                        new TerminateSubscription(Given.ID, invoice(at.cycle()), at.instant()))))
        .check(SubscriptionCommand.class, Path.of("../docs/states-subscription.md"));
  }

  private Given metered() {
    return Given.subscribed(prices, "metered", START).paid(1, invoice(1));
  }

  private Given renewing() {
    return Given.subscribed(prices, "basic", START).paid(1, invoice(1)).advancedTo(23);
  }

  private Given canceled() {
    return renewing()
        .when(
            24,
            d ->
                d.decide(
                    new CancelSubscription(
                        Given.ID,
                        CancelAt.NOW,
                        "enough",
                        null,
                        START.atStartOfDay(Given.ZONE).toInstant())));
  }

  private Function<At, List<? extends LedgerEvent>> decide(
      BiFunction<At, SubscriptionDecider, SubscriptionDecider> decision) {
    return at ->
        decision
            .apply(
                at,
                new SubscriptionDecider(
                    at.given().any(), prices, at.given().tenants(), at.instant()))
            .events();
  }
}
