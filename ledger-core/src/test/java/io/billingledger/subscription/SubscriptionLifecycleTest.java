package io.billingledger.subscription;

import static io.billingledger.subscription.Given.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionCommand.ResumeSubscription;
import io.billingledger.subscription.SubscriptionCommand.SwitchAutoRenew;
import io.billingledger.subscription.SubscriptionCommand.WaiveCycle;
import io.billingledger.subscription.SubscriptionCommand.WithdrawPlanChange;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** The lifecycle as the billing rules tell it, day by day, without a clock. */
class SubscriptionLifecycleTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 10);
  private static final PlanChangeId CHANGE = PlanChangeId.derive("upgrade");

  @Test
  void theFirstInvoiceIsAskedForAtTheStartAndDueSevenDaysLater() {
    Given s = basic();
    assertThat(s.eventNames())
        .containsExactly("SubscriptionCreated", "CycleInvoiceRequested", "CycleStarted");
    assertThat(request(s).dueOn()).isEqualTo(s.date(7));
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(s.state().cycleNo()).isEqualTo(1);
    assertThat(s.state().period().end()).isEqualTo(s.date(30));
  }

  @Test
  void theRenewalInvoiceIsAskedForSevenDaysBeforeTheEndAndDueThere() {
    Given s = basic().paid(1, invoice(1));
    assertThat(s.nextWake(1)).isEqualTo(midnight(s, 23));
    assertThat(s.advancedTo(22).events()).isEmpty();
    s.advancedTo(23);
    assertThat(s.eventNames()).containsExactly("CycleInvoiceRequested");
    assertThat(request(s).cycleNo()).isEqualTo(2);
    assertThat(request(s).dueOn()).isEqualTo(s.date(30));
    assertThat(request(s).period().start()).isEqualTo(s.date(30));
  }

  @Test
  void renewalsAskForASharedInvoiceWhereTheTenantWantsThatAndNothingElseDoes() {
    Given s = basic().consolidated().paid(1, invoice(1)).advancedTo(23);
    CycleInvoiceRequested shared = request(s);
    assertThat(shared.alone()).isFalse();
    assertThat(shared.invoiceId()).isNotEqualTo(invoice(2));
    Given another = basic().consolidated().paid(3, invoice(1)).advancedTo(23);
    assertThat(request(another).invoiceId()).as("of that day").isEqualTo(shared.invoiceId());
    Given later = basic().consolidated().paid(1, invoice(1)).advancedTo(24);
    assertThat(request(later).invoiceId()).as("of another").isNotEqualTo(shared.invoiceId());
    s.when(24, d -> d.decide(new ReplaceCycleInvoice(Given.ID, shared.invoiceId(), s.day(24))));
    assertThat(request(s).alone()).isTrue();
    assertThat(request(s).invoiceId()).isNotEqualTo(shared.invoiceId());
  }

  @Test
  void theCycleTurnsAtTheEndWhenItsInvoiceWasSettledBefore() {
    Given s = basic().paid(1, invoice(1)).advancedTo(23).paid(25, invoice(2));
    assertThat(s.state().cycleNo()).isEqualTo(1);
    assertThat(s.nextWake(25)).isEqualTo(midnight(s, 30));
    assertThat(s.advancedTo(30).eventNames()).containsExactly("CycleStarted");
    assertThat(s.state().cycleNo()).isEqualTo(2);
  }

  @Test
  void aLatePaymentTurnsTheCycleDatedBackAndAsksForTheNextInvoiceAtOnce() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .overdue(30, invoice(2))
            .suspended(37, invoice(2))
            .paid(58, invoice(2));
    assertThat(s.eventNames())
        .containsExactly(
            "CycleSettled", "SubscriptionReactivated", "CycleStarted", "CycleInvoiceRequested");
    assertThat(s.state().period().start()).isEqualTo(s.date(30));
    assertThat(request(s).cycleNo()).isEqualTo(3);
    assertThat(request(s).dueOn()).isEqualTo(s.date(65));
  }

  @Test
  void whileTheFirstInvoiceIsUnpaidNoRenewalIsAskedFor() {
    Given s = basic().overdue(7, invoice(1)).suspended(14, invoice(1));
    assertThat(s.advancedTo(23).events()).isEmpty();
    assertThat(s.advancedTo(36).events()).isEmpty();
    assertThat(s.terminated(37, invoice(1)).eventNames()).containsExactly("SubscriptionTerminated");
  }

  @Test
  void anUpgradeWaitsForTheNextCycle() {
    Given s = basic().paid(1, invoice(1)).when(5, d -> d.decide(change("pro", 5, null)));
    assertThat(s.state().planCode()).isEqualTo("basic");
    assertThat(s.state().pendingChange().effectiveOn()).isEqualTo(s.date(30));
    s.advancedTo(23);
    assertThat(request(s).planCode()).isEqualTo("pro");
    s.paid(24, invoice(2)).advancedTo(30);
    assertThat(s.state().planCode()).isEqualTo("pro");
    assertThat(s.state().pendingChange()).isNull();
  }

  @Test
  void anUpgradeReplacesAnUntouchedRenewalInvoiceWithTheSameDueDate() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .when(25, d -> d.decide(change("pro", 25, InvoiceProgress.UNTOUCHED)));
    assertThat(s.eventNames())
        .containsExactly("PlanChangeRequested", "CycleInvoiceWithdrawn", "CycleInvoiceRequested");
    assertThat(request(s).invoiceId()).isEqualTo(invoice(2, 2));
    assertThat(request(s).planCode()).isEqualTo("pro");
    assertThat(request(s).dueOn()).isEqualTo(s.date(30));
    s.when(26, d -> d.decide(new WithdrawPlanChange(Given.ID, CHANGE, null, s.day(26))));
    assertThat(request(s).planCode()).isEqualTo("basic");
    assertThat(request(s).invoiceId()).isEqualTo(invoice(2, 3));
  }

  @Test
  void anUpgradeWithAPartPaidRenewalInvoiceWaitsOneCycleMore() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .when(25, d -> d.decide(change("pro", 25, InvoiceProgress.PART_PAID)));
    assertThat(s.eventNames()).containsExactly("PlanChangeRequested");
    assertThat(s.state().pendingChange().effectiveOn()).isEqualTo(s.date(60));
    s.paid(26, invoice(2)).advancedTo(30);
    assertThat(s.state().planCode()).isEqualTo("basic");
    s.advancedTo(53);
    assertThat(request(s).planCode()).isEqualTo("pro");
  }

  @Test
  void aPlanChangeIsRefusedWhileOverdue() {
    Given s = basic().overdue(7, invoice(1));
    assertThatThrownBy(() -> s.when(8, d -> d.decide(change("pro", 8, null))))
        .isInstanceOfSatisfying(
            Rejected.class,
            no -> assertThat(no.rejection().code()).isEqualTo("subscription.overdue"));
  }

  @Test
  void cancelAtPeriodEndWithdrawsTheRenewalInvoiceAndResumeAsksForItAgain() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .when(24, d -> d.decide(cancel(CancelAt.PERIOD_END, 24)));
    assertThat(s.eventNames()).containsExactly("CycleInvoiceWithdrawn", "CancellationScheduled");
    assertThat(s.state().cancelOn()).isEqualTo(s.date(30));
    s.when(25, d -> d.decide(new ResumeSubscription(Given.ID, null, s.day(25))));
    assertThat(s.eventNames()).containsExactly("CancellationRevoked", "CycleInvoiceRequested");
    assertThat(request(s).invoiceId()).isEqualTo(invoice(2, 2));
    s.when(26, d -> d.decide(cancel(CancelAt.PERIOD_END, 26))).advancedTo(30);
    assertThat(s.eventNames()).containsExactly("SubscriptionCanceled");
  }

  @Test
  void cancelAfterPayingAheadEndsWithThePaidPeriod() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .paid(24, invoice(2))
            .when(25, d -> d.decide(cancel(CancelAt.PERIOD_END, 25)));
    assertThat(s.state().cancelOn()).isEqualTo(s.date(60));
    assertThat(s.advancedTo(30).eventNames()).containsExactly("CycleStarted");
    assertThat(s.advancedTo(53).events()).isEmpty();
    assertThat(s.advancedTo(60).eventNames()).containsExactly("SubscriptionCanceled");
  }

  @Test
  void cancelWhileTheRenewalIsOverdueWithdrawsItAndEndsAsCanceled() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .advancedTo(23)
            .overdue(30, invoice(2))
            .when(31, d -> d.decide(cancel(CancelAt.PERIOD_END, 31)));
    assertThat(s.eventNames()).containsExactly("CycleInvoiceWithdrawn", "SubscriptionCanceled");
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.CANCELED);
  }

  @Test
  void withoutAutoRenewItEndsAtThePeriodsEnd() {
    Given s =
        basic()
            .paid(1, invoice(1))
            .when(2, d -> d.decide(new SwitchAutoRenew(Given.ID, false, null, s(2))));
    assertThat(s.advancedTo(23).events()).isEmpty();
    assertThat(s.advancedTo(30).eventNames()).containsExactly("SubscriptionCanceled");
  }

  @Test
  void aTrialConvertsAtItsEnd() {
    Given s = Given.subscribed(withTrial(Activation.IMMEDIATE), "trial", START);
    assertThat(s.eventNames()).containsExactly("SubscriptionCreated", "TrialStarted");
    assertThat(s.state().cycleNo()).isZero();
    assertThat(s.advancedTo(14).eventNames())
        .containsExactly("CycleInvoiceRequested", "CycleStarted");
    assertThat(s.state().period().start()).isEqualTo(s.date(14));
  }

  @Test
  void aTrialWithoutAutoRenewExpiresAndStartsWhenItsInvoiceIsPaid() {
    Given s = Given.subscribed(withTrial(Activation.IMMEDIATE), "trial", START, false);
    assertThat(s.advancedTo(14).eventNames())
        .containsExactly("TrialExpired", "CycleInvoiceRequested");
    assertThat(request(s).collect()).isFalse();
    assertThat(s.advancedTo(40).events()).isEmpty();
    assertThat(s.paid(41, invoice(1)).state().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(s.state().period()).isEqualTo(new BillingPeriod(s.date(14), s.date(44)));
    assertThat(s.advancedTo(44).eventNames()).containsExactly("SubscriptionCanceled");
  }

  @Test
  void aTrialIsCanceledWithoutAnInvoice() {
    Given s = Given.subscribed(withTrial(Activation.IMMEDIATE), "trial", START);
    s.when(3, d -> d.decide(cancel(CancelAt.PERIOD_END, 3)));
    assertThat(s.advancedTo(14).eventNames()).containsExactly("SubscriptionCanceled");
  }

  @Test
  void aFirstPaymentActivatesAndItsPeriodRunsFromTheSignUp() {
    Given s = Given.subscribed(firstPayment(), "prepaid", START);
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.PENDING);
    assertThat(request(s).collect()).isFalse();
    s.paid(3, invoice(1));
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(s.state().period().start()).isEqualTo(s.date(0));
  }

  @Test
  void withoutAFirstPaymentNothingIsOwedAndTheSignUpEnds() {
    Given s = Given.subscribed(firstPayment(), "prepaid", START);
    assertThat(s.nextWake(0)).isEqualTo(midnight(s, 7));
    assertThat(s.advancedTo(7).eventNames())
        .containsExactly("CycleInvoiceWithdrawn", "SubscriptionCanceled");
  }

  @Test
  void aVoidedInvoiceIsReplacedOrItsCycleWaived() {
    Given s = basic().overdue(7, invoice(1));
    s.when(9, d -> d.decide(new ReplaceCycleInvoice(Given.ID, invoice(1), s.day(9))));
    assertThat(s.eventNames()).containsExactly("SubscriptionReactivated", "CycleInvoiceRequested");
    assertThat(request(s).invoiceId()).isEqualTo(invoice(1, 2));
    assertThat(request(s).dueOn()).isEqualTo(s.date(16));
    s.when(10, d -> d.decide(new WaiveCycle(Given.ID, invoice(1, 2), s.day(10))));
    assertThat(s.state().current().settled()).isTrue();
    assertThat(s.advancedTo(23).eventNames()).containsExactly("CycleInvoiceRequested");
  }

  @Test
  void anOutageTurnsEachCycleInItsOrderAndDatesNothingBack() {
    Given s = basic().paid(1, invoice(1)).advancedTo(70);
    assertThat(s.eventNames()).containsExactly("CycleInvoiceRequested");
    assertThat(request(s).dueOn()).isEqualTo(s.date(77));
    assertThat(request(s).at()).isEqualTo(s.day(70));
  }

  private static Instant s(int day) {
    return START.plusDays(day).atTime(LocalTime.of(10, 0)).atZone(Given.ZONE).toInstant();
  }

  private static Instant midnight(Given s, int day) {
    return s.date(day).atStartOfDay(Given.ZONE).toInstant();
  }

  private static Given basic() {
    return Given.subscribed(Prices.usual(), "basic", START);
  }

  private static Prices withTrial(Activation activation) {
    return Prices.usual()
        .plan("trial", "150000.00", new BillingInterval.RollingDays(30), 14, activation);
  }

  private static Prices firstPayment() {
    return Prices.usual()
        .plan(
            "prepaid",
            "150000.00",
            new BillingInterval.RollingDays(30),
            0,
            Activation.ON_FIRST_PAYMENT);
  }

  private static RequestPlanChange change(String plan, int day, InvoiceProgress progress) {
    return new RequestPlanChange(Given.ID, CHANGE, plan, progress, null, s(day));
  }

  private static CancelSubscription cancel(CancelAt when, int day) {
    return new CancelSubscription(Given.ID, when, "no longer needed", null, s(day));
  }

  private static CycleInvoiceRequested request(Given s) {
    return s.events().stream()
        .filter(CycleInvoiceRequested.class::isInstance)
        .map(CycleInvoiceRequested.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
