package io.billingledger.subscription;

import static io.billingledger.subscription.Given.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A plan that bills usage after it: the cycle turns first, and one invoice a day later has the
 * usage of the ended period and the fee of the new one.
 */
class PostpaidTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 10);

  @Test
  void theFirstInvoiceComesAtTheStartAndHasNoUsage() {
    Given s = metered();
    assertThat(s.eventNames())
        .containsExactly("SubscriptionCreated", "CycleInvoiceRequested", "CycleStarted");
    assertThat(request(s).usage()).isEmpty();
    assertThat(request(s).dueOn()).isEqualTo(s.date(7));
  }

  @Test
  void noInvoiceComesBeforeTheEndAndTheCycleTurnsThere() {
    Given s = metered().paid(1, invoice(1));
    assertThat(s.nextWake(1)).isEqualTo(midnight(s, 30));
    assertThat(s.advancedTo(29).events()).isEmpty();
    s.advancedTo(30);
    assertThat(s.eventNames()).containsExactly("CycleStarted");
    CycleStarted started = (CycleStarted) s.events().getFirst();
    assertThat(started.invoiceId()).isNull();
    assertThat(started.used()).isEqualTo(used(s, 1, 0, 30));
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(s.state().cycleNo()).isEqualTo(2);
    assertThat(s.state().current()).isNull();
  }

  @Test
  void afterTheGraceOneInvoiceHasTheUsageAndTheNewFeeDueSevenDaysLater() {
    Given s = metered().paid(1, invoice(1)).advancedTo(30);
    assertThat(s.nextWake(30)).isEqualTo(midnight(s, 31));
    s.advancedTo(31);
    assertThat(s.eventNames()).containsExactly("CycleInvoiceRequested");
    CycleInvoiceRequested wanted = request(s);
    assertThat(wanted.invoiceId()).isEqualTo(invoice(2));
    assertThat(wanted.cycleNo()).isEqualTo(2);
    assertThat(wanted.period()).isEqualTo(new BillingPeriod(s.date(30), s.date(60)));
    assertThat(wanted.usage()).containsExactly(used(s, 1, 0, 30));
    assertThat(wanted.dueOn()).isEqualTo(s.date(38));
    assertThat(wanted.reason()).isEqualTo(InvoiceReason.RENEWAL);
    assertThat(wanted.collect()).isTrue();
    assertThat(s.state().unbilled()).isEmpty();
    assertThat(s.advancedTo(37).events()).isEmpty();
  }

  @Test
  void anUnpaidInvoiceIsOverdueFromItsOwnDueDateAndHoldsTheNextTurn() {
    Given s = metered().paid(1, invoice(1)).advancedTo(31).overdue(38, invoice(2));
    assertThat(s.state().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
    assertThat(s.advancedTo(61).events()).isEmpty();
    s.paid(65, invoice(2));
    assertThat(s.eventNames())
        .containsExactly(
            "CycleSettled", "SubscriptionReactivated", "CycleStarted", "CycleInvoiceRequested");
    assertThat(s.state().period()).isEqualTo(new BillingPeriod(s.date(60), s.date(90)));
    assertThat(request(s).usage()).containsExactly(used(s, 2, 30, 60));
    assertThat(request(s).dueOn()).isEqualTo(s.date(72));
  }

  @Test
  void anInvoiceInThePlaceOfAVoidedOneBillsTheSameUsage() {
    Given s = metered().paid(1, invoice(1)).advancedTo(31);
    s.when(33, d -> d.decide(new ReplaceCycleInvoice(Given.ID, invoice(2), s.day(33))));
    assertThat(request(s).invoiceId()).isEqualTo(invoice(2, 2));
    assertThat(request(s).usage()).containsExactly(used(s, 1, 0, 30));
    assertThat(request(s).reason()).isEqualTo(InvoiceReason.REPLACEMENT);
  }

  @Test
  void aLastInvoiceForUsageFollowsTheEnd() {
    Given s = metered().paid(1, invoice(1)).advancedTo(31).paid(32, invoice(2));
    s.when(40, d -> d.decide(cancel(CancelAt.PERIOD_END, s.day(40)))).advancedTo(60);
    SubscriptionCanceled canceled = (SubscriptionCanceled) s.events().getLast();
    assertThat(canceled.used()).containsExactly(used(s, 2, 30, 60));
    assertThat(s.nextWake(60)).isEqualTo(midnight(s, 61));
    s.advancedTo(61);
    CycleInvoiceRequested last = request(s);
    assertThat(last.reason()).isEqualTo(InvoiceReason.FINAL_USAGE);
    assertThat(last.invoiceId()).isEqualTo(InvoiceId.derive(Given.ID, 2, "usage", s.date(60)));
    assertThat(last.usage()).containsExactly(used(s, 2, 30, 60));
    assertThat(last.dueOn()).isEqualTo(s.date(68));
    assertThat(last.collect()).isTrue();
    assertThat(s.nextWake(61)).isNull();
    s.when(62, d -> d.decide(new ReplaceCycleInvoice(Given.ID, last.invoiceId(), s.day(62))));
    assertThat(request(s).invoiceId()).isEqualTo(InvoiceId.derive(last.invoiceId(), 2));
    assertThat(request(s).usage()).isEqualTo(last.usage());
  }

  @Test
  void cancelingAtOnceBillsWhatWasUsedUntilTheEndOfTheDay() {
    Given s = metered().paid(1, invoice(1));
    s.when(12, d -> d.decide(cancel(CancelAt.NOW, s.day(12))));
    assertThat(((SubscriptionCanceled) s.events().getLast()).used())
        .containsExactly(
            new UsedPeriod(
                1,
                new BillingPeriod(s.date(0), s.date(13)),
                new BillingPeriod(s.date(0), s.date(30)),
                "metered",
                1,
                1));
    assertThat(s.nextWake(12)).isEqualTo(midnight(s, 14));
  }

  @Test
  void cancelingBetweenTheTurnAndItsInvoiceBillsBothPeriods() {
    Given s = metered().paid(1, invoice(1)).advancedTo(30);
    s.when(30, d -> d.decide(cancel(CancelAt.NOW, s.day(30))));
    assertThat(((SubscriptionCanceled) s.events().getLast()).used())
        .extracting(UsedPeriod::period)
        .containsExactly(
            new BillingPeriod(s.date(0), s.date(30)), new BillingPeriod(s.date(30), s.date(31)));
    assertThat(s.advancedTo(32).eventNames()).containsExactly("CycleInvoiceRequested");
    assertThat(request(s).reason()).isEqualTo(InvoiceReason.FINAL_USAGE);
  }

  @Test
  void terminationIsFollowedByTheLastUsage() {
    Given s =
        metered()
            .paid(1, invoice(1))
            .advancedTo(31)
            .overdue(38, invoice(2))
            .suspended(45, invoice(2))
            .terminated(68, invoice(2));
    SubscriptionTerminated ended = (SubscriptionTerminated) s.events().getFirst();
    assertThat(ended.used())
        .extracting(UsedPeriod::period)
        .containsExactly(new BillingPeriod(s.date(30), s.date(69)));
    assertThat(s.advancedTo(70).eventNames()).containsExactly("CycleInvoiceRequested");
    InvoiceId last = request(s).invoiceId();
    assertThat(s.when(80, d -> d.decide(new MarkPastDue(Given.ID, last, s.day(80)))).events())
        .isEmpty();
  }

  @Test
  void aTrialWithABalanceIsBilledWithTheFirstFee() {
    Given s =
        Given.subscribed(new Prices().metered("metered", 14, "50000.00"), "metered", START)
            .advancedTo(14);
    assertThat(s.eventNames()).containsExactly("CycleStarted");
    assertThat(s.state().cycleNo()).isEqualTo(1);
    s.advancedTo(15);
    assertThat(request(s).reason()).isEqualTo(InvoiceReason.FIRST);
    assertThat(request(s).cycleNo()).isEqualTo(1);
    assertThat(request(s).usage())
        .extracting(UsedPeriod::cycleNo, UsedPeriod::period)
        .containsExactly(tuple(0, new BillingPeriod(s.date(0), s.date(14))));
  }

  @Test
  void aTrialWithoutABalanceIsFreeAndItsFirstInvoiceComesAtOnce() {
    Given s =
        Given.subscribed(new Prices().metered("metered", 14, null), "metered", START)
            .advancedTo(14);
    assertThat(s.eventNames()).containsExactly("CycleInvoiceRequested", "CycleStarted");
    assertThat(request(s).usage()).isEmpty();
  }

  @Test
  void aTrialThatIsCanceledLeavesNothingToBill() {
    Given s = Given.subscribed(new Prices().metered("metered", 14, "50000.00"), "metered", START);
    s.when(3, d -> d.decide(cancel(CancelAt.NOW, s.day(3))));
    assertThat(((SubscriptionCanceled) s.events().getLast()).used()).isEmpty();
    assertThat(s.nextWake(3)).isNull();
  }

  private static Given metered() {
    return Given.subscribed(new Prices().metered("metered", 0, null), "metered", START);
  }

  private static UsedPeriod used(Given s, int cycle, int from, int to) {
    BillingPeriod period = new BillingPeriod(s.date(from), s.date(to));
    return new UsedPeriod(cycle, period, period, "metered", 1, 1);
  }

  private static CancelSubscription cancel(CancelAt at, Instant now) {
    return new CancelSubscription(Given.ID, at, "enough", null, now);
  }

  private static CycleInvoiceRequested request(Given s) {
    List<CycleInvoiceRequested> found =
        s.events().stream()
            .filter(CycleInvoiceRequested.class::isInstance)
            .map(CycleInvoiceRequested.class::cast)
            .toList();
    return found.getLast();
  }

  private static Instant midnight(Given s, int day) {
    return LocalDays.startOf(s.date(day), Given.ZONE);
  }
}
