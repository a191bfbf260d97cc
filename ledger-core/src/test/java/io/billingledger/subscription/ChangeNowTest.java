package io.billingledger.subscription;

import static io.billingledger.subscription.Given.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.ChangeQuantity;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.QuantityChanged;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.Share;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Changes within a cycle: what they charge, and what they give back. */
class ChangeNowTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 10);
  private static final PlanChangeId CHANGE = PlanChangeId.derive("now");

  private final Prices prices =
      Prices.usual()
          .plan("now", "300000.00", new RollingDays(30), 0, Activation.IMMEDIATE)
          .metered("metered", 0, null);

  @Test
  void moreSeatsAreChargedForTheRestOfTheCycle() {
    Given s = seats(5);
    quantity(s, 20, 7);
    assertThat(s.eventNames()).containsExactly("QuantityChanged", "CycleInvoiceRequested");
    CycleInvoiceRequested wanted = request(s);
    assertThat(wanted.invoiceId()).isEqualTo(InvoiceId.derive(Given.ID, 1, "change", CHANGE));
    assertThat(wanted.reason()).isEqualTo(InvoiceReason.CHANGE);
    assertThat(wanted.cycleNo()).isEqualTo(1);
    assertThat(wanted.quantity()).isEqualTo(2);
    assertThat(wanted.period()).isEqualTo(new BillingPeriod(s.date(20), s.date(30)));
    assertThat(wanted.part().share()).isEqualTo(new Share(BigDecimal.TEN, BigDecimal.valueOf(30)));
    assertThat(wanted.dueOn()).isEqualTo(s.date(27));
    assertThat(s.state().quantity()).isEqualTo(7);
    s.advancedTo(23);
    assertThat(request(s).quantity()).isEqualTo(7);
    assertThat(request(s).cycleNo()).isEqualTo(2);
  }

  @Test
  void fewerSeatsAreGivenBackThoseThatCameLastFirst() {
    Given s = seats(5);
    quantity(s, 20, 7);
    InvoiceId more = request(s).invoiceId();
    s.paid(21, more);
    change(s, 22, 4, "less");
    QuantityChanged less = (QuantityChanged) s.events().getFirst();
    assertThat(less.unused())
        .containsExactly(
            new UnusedPart(invoice(1), Fraction.parse("4/75")),
            new UnusedPart(more, Fraction.parse("4/5")));
    s.when(26, d -> d.decide(cancel(s, 26)));
    SubscriptionCanceled canceled = (SubscriptionCanceled) s.events().getLast();
    assertThat(canceled.unused())
        .as("of the four seats that were kept")
        .containsExactly(new UnusedPart(invoice(1), Fraction.parse("8/75")));
  }

  @Test
  void whoGivesUpWhatIsNotPaidIsToldToPayFirst() {
    Given s = Given.subscribed(prices, "basic", START);
    quantity(s, 1, 3);
    assertRefused("subscription.invoice-open", () -> change(s, 2, 2, "less"));
    assertRefused("subscription.invoice-open", () -> plan(s, 2, "now"));
  }

  @Test
  void anUpgradeGivesBackTheOldRestAndChargesTheNewOne() {
    Given s = Given.subscribed(prices, "basic", START).paid(1, invoice(1));
    plan(s, 15, "now");
    assertThat(s.eventNames()).containsExactly("PlanChanged", "CycleInvoiceRequested");
    PlanChanged changed = (PlanChanged) s.events().getFirst();
    assertThat(changed.planCode()).isEqualTo("now");
    assertThat(changed.used()).isNull();
    assertThat(changed.unused()).containsExactly(new UnusedPart(invoice(1), Fraction.parse("1/2")));
    assertThat(request(s).planCode()).isEqualTo("now");
    assertThat(request(s).quantity()).isEqualTo(1);
    assertThat(request(s).part().share())
        .isEqualTo(new Share(BigDecimal.valueOf(15), BigDecimal.valueOf(30)));
    assertThat(s.state().period()).isEqualTo(new BillingPeriod(s.date(0), s.date(30)));
    s.advancedTo(23);
    assertThat(request(s).planCode()).isEqualTo("now");
    s.paid(24, InvoiceId.derive(Given.ID, 1, "change", CHANGE))
        .when(25, d -> d.decide(cancel(s, 25)));
    assertThat(((SubscriptionCanceled) s.events().getLast()).unused())
        .as("only of what still counts")
        .containsExactly(
            new UnusedPart(InvoiceId.derive(Given.ID, 1, "change", CHANGE), Fraction.parse("1/3")));
  }

  @Test
  void anUntouchedRenewalInvoiceIsReplacedForTheNewPlan() {
    Given s = Given.subscribed(prices, "basic", START).paid(1, invoice(1)).advancedTo(23);
    plan(s, 25, "now");
    assertThat(s.eventNames())
        .containsExactly(
            "PlanChanged",
            "CycleInvoiceRequested",
            "CycleInvoiceWithdrawn",
            "CycleInvoiceRequested");
    assertThat(request(s).planCode()).isEqualTo("now");
    assertThat(request(s).dueOn()).isEqualTo(s.date(30));
  }

  @Test
  void usageOfTheOldPlanIsBilledAfterTheGraceAndTheRestWithTheNextFee() {
    Given s = Given.subscribed(prices, "metered", START).paid(1, invoice(1));
    plan(s, 10, "now");
    assertThat(((PlanChanged) s.events().getFirst()).used().period())
        .isEqualTo(new BillingPeriod(s.date(0), s.date(10)));
    s.advancedTo(11);
    assertThat(request(s).reason()).isEqualTo(InvoiceReason.FINAL_USAGE);
    assertThat(request(s).planCode()).isEqualTo("metered");
    assertThat(request(s).usage()).extracting(UsedPeriod::planCode).containsExactly("metered");
    assertThat(s.advancedTo(23).eventNames())
        .as("the new plan has no usage")
        .containsExactly("CycleInvoiceRequested");
  }

  @Test
  void anotherIntervalWaitsForTheEndOfTheTerm() {
    prices.plan("now", "300000.00", new CalendarMonths(1, null), 0, Activation.IMMEDIATE);
    Given s = Given.subscribed(prices, "basic", START).paid(1, invoice(1));
    plan(s, 15, "now");
    assertThat(s.eventNames()).containsExactly("PlanChangeRequested");
    assertThat(s.state().pendingChange().effectiveOn()).isEqualTo(s.date(30));
  }

  @Test
  void onTheFirstDayOfACycleThatIsNotInvoicedYetTheInvoiceToComeHasIt() {
    Given s = Given.subscribed(prices, "metered", START).paid(1, invoice(1)).advancedTo(30);
    quantity(s, 30, 3);
    assertThat(s.eventNames()).containsExactly("QuantityChanged");
    s.advancedTo(31);
    assertThat(request(s).quantity()).isEqualTo(3);
    assertThat(request(s).usage()).extracting(UsedPeriod::quantity).containsExactly(1);
  }

  @Test
  void anInvoiceForAChangeIsDunnedBesideTheCyclesOwn() {
    Given s = seats(5);
    quantity(s, 10, 7);
    InvoiceId more = request(s).invoiceId();
    s.advancedTo(17).overdue(17, more);
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    assertThat(s.advancedTo(23).events()).as("nothing renews while it is overdue").isEmpty();
    s.paid(24, more);
    assertThat(s.eventNames())
        .containsExactly("CycleSettled", "SubscriptionReactivated", "CycleInvoiceRequested");
    assertThat(request(s).cycleNo()).isEqualTo(2);
  }

  @Test
  void theSameQuantityChangesNothing() {
    Given s = seats(5);
    quantity(s, 10, 5);
    assertThat(s.events()).isEmpty();
  }

  private Given seats(int seats) {
    return Given.subscribed(prices, "basic", START, true, seats).paid(1, invoice(1));
  }

  private static void quantity(Given s, int day, int quantity) {
    s.when(
        day,
        d ->
            d.decide(
                new ChangeQuantity(
                    Given.ID, CHANGE, quantity, InvoiceProgress.UNTOUCHED, null, s.day(day))));
  }

  private static void change(Given s, int day, int quantity, String key) {
    s.when(
        day,
        d ->
            d.decide(
                new ChangeQuantity(
                    Given.ID,
                    PlanChangeId.derive(key),
                    quantity,
                    InvoiceProgress.UNTOUCHED,
                    null,
                    s.day(day))));
  }

  private static void plan(Given s, int day, String plan) {
    s.when(
        day,
        d ->
            d.decide(
                new RequestPlanChange(
                    Given.ID, CHANGE, plan, InvoiceProgress.UNTOUCHED, null, s.day(day))));
  }

  private static CancelSubscription cancel(Given s, int day) {
    return new CancelSubscription(Given.ID, CancelAt.NOW, "enough", null, s.day(day));
  }

  private static void assertRefused(String code, Runnable command) {
    assertThatThrownBy(command::run)
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.rejection().code()).isEqualTo(code));
  }

  private static CycleInvoiceRequested request(Given s) {
    return s.events().stream()
        .filter(CycleInvoiceRequested.class::isInstance)
        .map(CycleInvoiceRequested.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }
}
