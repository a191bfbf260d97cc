package io.billingledger.view.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.CancelReason;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.SubscriptionEvent;
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
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.subscription.SubscriptionState;
import io.billingledger.subscription.SubscriptionState.Live;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.time.BillingPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionRowTest {
  private static final SubscriptionId ID = SubscriptionId.derive("test");
  private static final TenantId TENANT = TenantId.derive("test");
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  private static final Instant AT = Instant.parse("2026-01-01T03:00:00Z");
  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final BillingPeriod TRIAL = new BillingPeriod(START, START.plusDays(14));
  private static final BillingPeriod ONE = new BillingPeriod(TRIAL.end(), TRIAL.end().plusDays(30));
  private static final BillingPeriod TWO = new BillingPeriod(ONE.end(), ONE.end().plusDays(30));
  private static final InvoiceId FIRST = InvoiceId.derive("first");
  private static final InvoiceId SECOND = InvoiceId.derive("second");
  private static final InvoiceId THIRD = InvoiceId.derive("third");
  private static final PlanChangeId CHANGE = PlanChangeId.derive("change");

  private static final List<SubscriptionEvent> LONG_LIFE =
      List.of(
          new SubscriptionCreated(
              ID, TENANT, "app", "basic", 1, 2, true, Activation.IMMEDIATE, START, 14, JAKARTA, AT),
          new TrialStarted(ID, TRIAL, "basic", 1, AT),
          requested(FIRST, 1, ONE, "basic", 1, InvoiceReason.FIRST),
          new CycleStarted(ID, 1, ONE, "basic", 1, FIRST, AT, null, null),
          new CycleSettled(ID, FIRST, 1, false, AT),
          requested(SECOND, 2, TWO, "basic", 1, InvoiceReason.RENEWAL),
          new PlanChangeRequested(ID, CHANGE, "pro", 2, ONE.end(), AT),
          new CycleInvoiceWithdrawn(ID, SECOND, 2, "the plan changes to pro", AT),
          requested(THIRD, 2, TWO, "pro", 2, InvoiceReason.REPLACEMENT),
          new PlanChangeWithdrawn(ID, CHANGE, AT),
          new PlanChangeRequested(ID, CHANGE, "pro", 2, ONE.end(), AT),
          new SubscriptionPastDue(ID, THIRD, AT),
          new SubscriptionSuspended(ID, THIRD, AT),
          new CycleSettled(ID, THIRD, 2, false, AT),
          new SubscriptionReactivated(ID, AT),
          new CycleStarted(ID, 2, TWO, "pro", 1, THIRD, AT, null, null),
          new AutoRenewSwitched(ID, false, AT),
          new AutoRenewSwitched(ID, true, AT),
          new CancellationScheduled(ID, TWO.end(), "closing", AT),
          new CancellationRevoked(ID, AT),
          new SubscriptionPastDue(ID, THIRD, AT),
          new SubscriptionSuspended(ID, THIRD, AT),
          new SubscriptionTerminated(ID, THIRD, AT, List.of()));

  @Test
  void agreesWithTheDecisionsAfterEveryEvent() {
    SubscriptionRow row = new SubscriptionRow();
    SubscriptionState state = SubscriptionState.NONE;
    for (SubscriptionEvent event : LONG_LIFE) {
      row.apply(event);
      state = state.evolve(event);
      Live live = state.live();
      assertThat(row.status()).as("%s", event).isEqualTo(live.status());
      assertThat(row.planCode()).isEqualTo(live.planCode());
      assertThat(row.planVersion()).isEqualTo(live.planVersion());
      assertThat(row.cycleNo()).isEqualTo(live.cycleNo());
      assertThat(row.autoRenew()).isEqualTo(live.autoRenew());
      assertThat(row.periodStart()).isEqualTo(live.period() == null ? null : live.period().start());
      assertThat(row.periodEnd()).isEqualTo(live.period() == null ? null : live.period().end());
      assertThat(row.nextInvoiceId())
          .isEqualTo(live.next() == null ? null : live.next().invoiceId().value());
      if (!live.status().ended()) {
        assertThat(row.pendingChange()).isEqualTo(live.pendingChange());
      }
    }
    assertThat(row.quantity()).isEqualTo(2);
    assertThat(row.endedAt()).isEqualTo(AT);
    assertThat(row.canceledAt()).isNull();
  }

  @Test
  void instantsAreTheBeginningsOfLocalDays() {
    SubscriptionRow row = fold(LONG_LIFE.subList(0, 2));
    assertThat(row.startAt()).isEqualTo(Instant.parse("2025-12-31T17:00:00Z"));
    assertThat(row.trialStartAt()).isEqualTo(row.startAt());
    assertThat(row.trialEndAt()).isEqualTo(Instant.parse("2026-01-14T17:00:00Z"));
    assertThat(row.nextRenewalAt()).isEqualTo(row.trialEndAt());
  }

  @Test
  void nothingRenewsWhatIsToEnd() {
    SubscriptionRow row = fold(LONG_LIFE.subList(0, 5));
    row.apply(new CancellationScheduled(ID, ONE.end(), "closing", AT));
    assertThat(row.nextRenewalAt()).isNull();
    assertThat(row.cancelAt()).isEqualTo(Instant.parse("2026-02-13T17:00:00Z"));
    row.apply(
        new SubscriptionCanceled(ID, CancelReason.REQUESTED, "closing", AT, List.of(), List.of()));
    assertThat(row.status()).isEqualTo(SubscriptionStatus.CANCELED);
    assertThat(row.canceledReason()).isEqualTo(CancelReason.REQUESTED);
    assertThat(row.canceledAt()).isEqualTo(AT);
    assertThat(row.cancelNote()).isEqualTo("closing");
  }

  private static SubscriptionRow fold(List<SubscriptionEvent> events) {
    SubscriptionRow row = new SubscriptionRow();
    events.forEach(row::apply);
    return row;
  }

  private static CycleInvoiceRequested requested(
      InvoiceId invoice,
      int cycleNo,
      BillingPeriod period,
      String plan,
      int attempt,
      InvoiceReason reason) {
    return new CycleInvoiceRequested(
        ID,
        TENANT,
        invoice,
        cycleNo,
        period,
        1,
        plan,
        1,
        2,
        period.start(),
        attempt,
        reason,
        true,
        AT,
        List.of(),
        null,
        List.of(),
        null);
  }
}
